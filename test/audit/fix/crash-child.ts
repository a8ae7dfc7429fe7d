import { emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint'
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { runEject } from '../../../src/audit/eject/run-eject.js'
import { runAudit } from '../../../src/audit/engine/run-audit.js'
import { commitFix } from '../../../src/audit/fix/commit-fix.js'
import { Journal } from '../../../src/audit/fix/journal.js'
import type { FixMode } from '../../../src/audit/fix/mode.js'
import { openFixStore } from '../../../src/audit/fix/open-store.js'
import { redactMode } from '../../../src/audit/fix/redact-mode.js'
import { runFix } from '../../../src/audit/fix/run-fix.js'
import { scrubContextOf } from '../../../src/audit/fix/scrub-context.js'
import { sealMode } from '../../../src/audit/fix/seal-mode.js'
import { undoFix } from '../../../src/audit/fix/undo-fix.js'
import { FieldPaths } from '../../../src/detect/field-paths.js'
import { createDetector } from '../../../src/detect-entry.js'
import { ClaimVault, KeyRing, SecretSafeSaver } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/vault/stores/sqlite.js'

export type Work = 'fix' | 'redact' | 'undo' | 'commit' | 'say' | 'eject'

/** What a killed process was given. `killAt` names a step of the last work and which time it is reached; none to run to the end. */
export interface CrashRun {
  readonly file: string
  readonly vaultFile: string
  readonly journalFile: string
  readonly key: string
  readonly works: readonly Work[]
  /** What `commit` gives. */
  readonly ttlMs: number
  readonly killAt?: { readonly step: string; readonly time: number }
}

const run = JSON.parse(process.env.CRASH_RUN ?? '{}') as CrashRun
const times = new Map<string, number>()
let isLast = false

/** Ends this process as `kill -9` does: nothing is flushed and nothing runs. */
function reached(step: string): void {
  if (!isLast) return
  const time = (times.get(step) ?? 0) + 1
  times.set(step, time)
  if (run.killAt?.step === step && run.killAt.time === time) process.kill(process.pid, 'SIGKILL')
}

/** The real one, with a moment before and one after each call of a method. */
function watched<T extends object>(target: T, name: string, methods: readonly string[]): T {
  return new Proxy(target, {
    get(real, key) {
      const member: unknown = Reflect.get(real, key, real)
      if (typeof member !== 'function') return member
      const bound = member.bind(real) as (...args: unknown[]) => unknown
      if (!methods.includes(String(key))) return bound
      return (...args: unknown[]) => {
        reached(`before ${name}.${String(key)}`)
        const result = bound(...args)
        const after = () => reached(`after ${name}.${String(key)}`)
        if (result instanceof Promise) {
          return result.then((value: unknown) => {
            after()
            return value
          })
        }
        after()
        return result
      }
    },
  })
}

const detector = createDetector()
const { scanner } = detector
const claims = watched(SqliteClaimStore.fromConnString(run.vaultFile), 'vault', ['commit'])
const vault = await ClaimVault.open({ store: claims, keys: new KeyRing(run.key), sweep: 'manual' })
const store = watched(await openFixStore({ address: run.file, writable: true }), 'store', ['replace', 'clearResidue'])
const context = vault.context()
const { tenant } = vault
const principal = { sub: 'operator:crash' }
const contextOf = scrubContextOf({ detector, fields: new FieldPaths([]), maxStateBytes: 1e9, maxSecretBytes: 1e6 })
const audit = () => runAudit({ store: run.file, config: {}, version: 'test' })

function openJournal(work: 'fix' | 'eject'): Journal {
  const { vaultId } = context.naming
  const file = work === 'fix' ? run.journalFile : `${run.journalFile}-eject`
  return watched(Journal.open(file, { store: store.identity, vaultId, tenant, work }), 'journal', ['append'])
}

/** Small batches, so that there is a moment in the middle of a thread. */
const small = (mode: FixMode): FixMode => ({ ...mode, batch: { cells: 3, bytes: 1e9 } })
const apply = (mode: FixMode) => runFix({ store, mode, scanner, apply: true, vacuumFull: false, audit })

const WORKS: Readonly<Record<Work, () => Promise<unknown>>> = {
  fix: () => {
    const { maxTtlMs } = vault
    const journal = openJournal('fix')
    return apply(small(sealMode({ store, vault: context, tenant, maxTtlMs, principal, journal, scanner, contextOf })))
  },
  redact: () => apply(redactMode(store, contextOf)),
  undo: () => undoFix({ store, journal: openJournal('fix'), vault: context, tenant, principal }),
  commit: () =>
    commitFix({
      store,
      journal: openJournal('fix'),
      vault: context,
      tenant,
      principal,
      ttlMs: run.ttlMs,
      boundByCredential: false,
    }),
  /** Text that looks like a claim URL, as the wrapped saver stores it. */
  say: async () => {
    const inner = SqliteSaver.fromConnString(run.file)
    const saver = new SecretSafeSaver(inner, { vault, principal })
    const [scope, at] = [{ tenant, threadId: 'literal' }, { configurable: { thread_id: 'literal', checkpoint_ns: '' } }]
    const text = `see ${context.naming.url(scope, context.naming.randomId())}`
    const checkpoint = { ...emptyCheckpoint(), id: uuid6(1), channel_values: { text } }
    await saver.put(at, checkpoint, { source: 'input', step: 0, parents: {} }, {})
    inner.db.close()
    return text
  },
  eject: () => runEject({ store, vault: context, tenant, principal, journal: openJournal('eject') }),
}

const results: Partial<Record<Work, unknown>> = {}
for (const [i, work] of run.works.entries()) {
  isLast = i === run.works.length - 1
  results[work] = await WORKS[work]()
}
process.stdout.write(JSON.stringify({ results, times: [...times] }))
await vault.close()
await store.close()
