import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { accessSection } from './access/section.js'
import { renderAccess } from './access/table.js'
import { agentSection } from './agent/section.js'
import { renderAgent } from './agent/table.js'
import { auditSection } from './audit/section.js'
import { renderAudit } from './audit/table.js'
import { BACKENDS, type BackendName, startBackend } from './backends.js'
import { detectSection } from './detect/section.js'
import { renderDetect } from './detect/table.js'
import type { Comparison } from './measure.js'
import { CHAT_AIMS, DEFAULT_SECTIONS, isSaverSection, PLAN, type SaverSection, SECTIONS } from './plan.js'
import { storeSection } from './store/section.js'
import { renderStore } from './store/table.js'
import { renderTable } from './table.js'
import { growthSection, vaultSection } from './vault/section.js'
import { renderGrowth, renderVault } from './vault/table.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** A smoke run: a short chat, one round, no PostgreSQL unless it is named. */
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    /** Comma-separated names. */
    backends: { type: 'string' },
    sections: { type: 'string' },
    /** How many claims the growth section ends with. */
    claims: { type: 'string', default: '5000000' },
    /** How large the stores of the audit section are, in MB. */
    store: { type: 'string', default: '1000' },
  },
})
const { json, quick } = values
const rounds = Number(values.rounds ?? (quick ? 1 : 15))
const backends = pick(values.backends, BACKENDS, quick ? ['memory', 'sqlite'] : BACKENDS)
const sections = pick(values.sections, SECTIONS, DEFAULT_SECTIONS)

const saverSections = sections.filter(isSaverSection)

const results: { section: SaverSection; backend: BackendName; aim?: number; comparison: Comparison }[] = []
for (const name of saverSections.length > 0 ? backends : []) {
  const backend = await startBackend(name)
  for (const section of saverSections) {
    if (!json) console.error(`${name}: ${section} …`)
    const aim = section === 'chat' ? { aim: CHAT_AIMS[name] } : {}
    for (const comparison of await PLAN[section](backend, { quick, rounds })) {
      results.push({ section, backend: name, ...aim, comparison })
    }
  }
  await backend.stop()
}
const vaultOptions = { quick, rounds, databases: backends }
if (sections.includes('store') && !json) console.error('store …')
const store = sections.includes('store') ? await storeSection(vaultOptions) : undefined
if (sections.includes('vault') && !json) console.error('vault …')
const vault = sections.includes('vault') ? await vaultSection(vaultOptions) : undefined
if (sections.includes('access') && !json) console.error('access …')
const access = sections.includes('access') ? await accessSection(vaultOptions) : undefined
if (sections.includes('agent') && !json) console.error('agent …')
const agent = sections.includes('agent') ? await agentSection({ quick, rounds }) : undefined
if (sections.includes('growth') && !json) console.error('growth …')
const growth = sections.includes('growth') ? await growthSection(vaultOptions, Number(values.claims)) : undefined
if (sections.includes('detect') && !json) console.error('detect …')
const detect = sections.includes('detect') ? await detectSection({ quick, rounds }) : undefined
if (sections.includes('audit') && !json) console.error('audit …')
const audit = sections.includes('audit') ? await auditSection(vaultOptions, Number(values.store)) : undefined
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] }
if (json) console.log(JSON.stringify({ machine, results, store, vault, access, agent, growth, detect, audit }, null, 2))
else {
  for (const section of saverSections)
    console.log(
      renderTable(
        section,
        results.filter((result) => result.section === section),
      ),
    )
  if (store !== undefined) console.log(renderStore(store))
  if (vault !== undefined) console.log(renderVault(vault))
  if (access !== undefined) console.log(renderAccess(access))
  if (agent !== undefined) console.log(renderAgent(agent))
  if (growth !== undefined) console.log(renderGrowth(growth))
  if (audit !== undefined) console.log(renderAudit(audit))
  if (detect !== undefined) console.log(renderDetect(detect))
  console.log(`Node ${machine.node}, ${machine.cores} × ${machine.cpu}, load ${machine.load?.toFixed(1)} at the end.`)
}

function pick<Name extends string>(
  given: string | undefined,
  all: readonly Name[],
  otherwise: readonly Name[],
): readonly Name[] {
  if (given === undefined) return otherwise
  const wanted = given.split(',')
  const unknown = wanted.filter((name) => !all.includes(name as Name))
  if (unknown.length > 0) throw new RangeError(`Not one of ${all.join(', ')}: ${unknown.join(', ')}`)
  return all.filter((name) => wanted.includes(name))
}
