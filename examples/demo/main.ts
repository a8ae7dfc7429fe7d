import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { KeyRing } from '../../src/index.js'
import { checks, type Evidence } from './checks.js'
import { examineAccess, examineStore, holdOpen, readBare, vaultHolds } from './evidence.js'
import { injectionChecks, injectionReport } from './injection/report.js'
import { runInjected } from './injection/run.js'
import { paint } from './layout.js'
import { report, verdict } from './report.js'
import { fileOf, type Job, runAgents } from './run.js'

const { values } = parseArgs({
  options: {
    /** Keep the directory with both stores, the vault and its key. */
    keep: { type: 'boolean', default: false },
    /** `off` shows that the checks can fail. */
    writes: { type: 'string', default: 'seal' },
  },
})
const directory = mkdtempSync(path.join(tmpdir(), `secret-safe-demo-${process.pid}-`))
try {
  const evidence = await gather(values.writes as Job['writes'])
  const injected = await runInjected(directory, {
    SECRET_SAFE_KEY: KeyRing.generate(),
    SECRET_SAFE_VAULT: fileOf(directory, 'injection-vault'),
  })
  const results = [...checks(evidence), ...injectionChecks(injected)]
  console.log([report(evidence), injectionReport(injected), '', verdict(results)].join('\n'))
  const broken = results.filter(({ ok }) => !ok).length
  if (broken > 0) {
    console.error(
      paint('red', `The demo failed: ${broken} of ${results.length} statements are not true, marked ✗ above.`),
    )
    process.exitCode = 1
  }
} finally {
  if (values.keep) console.log(`Kept in ${directory}`)
  else rmSync(directory, { recursive: true, force: true })
}

async function gather(writes: Job['writes']): Promise<Evidence> {
  const key = KeyRing.generate()
  const vault = fileOf(directory, 'vault')
  const releases = [fileOf(directory, 'bare'), fileOf(directory, 'wrapped'), vault].map(holdOpen)
  try {
    const env = { SECRET_SAFE_KEY: key, SECRET_SAFE_VAULT: vault }
    const { bare, wrapped } = await runAgents({ directory, writes, env })
    const stores = { bare: examineStore(bare), wrapped: examineStore(wrapped) }
    const { nobody, stranger, ledger } = await examineAccess(wrapped, vault, key)
    const vaultHoldsToken = vaultHolds(vault, wrapped.token)
    return {
      bare: { run: bare, store: stores.bare, reader: await readBare(bare) },
      wrapped: { run: wrapped, store: stores.wrapped, nobody, stranger, vaultHoldsToken },
      ledger,
    }
  } finally {
    for (const release of releases) release()
  }
}
