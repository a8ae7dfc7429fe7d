import { runAudit } from '../../../src/audit/engine/run-audit.js'
import { Journal } from '../../../src/audit/fix/journal.js'
import { openFixStore } from '../../../src/audit/fix/open-store.js'
import { runFix } from '../../../src/audit/fix/run-fix.js'
import { scrubContextOf } from '../../../src/audit/fix/scrub-context.js'
import { sealMode } from '../../../src/audit/fix/seal-mode.js'
import { FieldPaths } from '../../../src/detect/field-paths.js'
import { createDetector } from '../../../src/detect-entry.js'
import { ClaimVault, KeyRing } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/vault/stores/sqlite.js'

/** What a killed fix was given. `killAt` names a step and which time it is reached; none to run to the end. */
export interface CrashRun {
  readonly file: string
  readonly vaultFile: string
  readonly journalFile: string
  readonly key: string
  readonly killAt?: { readonly step: string; readonly time: number }
}

const run = JSON.parse(process.env.CRASH_RUN ?? '{}') as CrashRun
const times = new Map<string, number>()

/** Ends this process as `kill -9` does: nothing is flushed and nothing runs. */
function reached(step: string): void {
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
const claims = watched(SqliteClaimStore.fromConnString(run.vaultFile), 'vault', ['commit'])
const vault = await ClaimVault.open({ store: claims, keys: new KeyRing(run.key), sweep: 'manual' })
const store = watched(await openFixStore({ address: run.file, writable: true }), 'store', ['replace', 'clearResidue'])
const { vaultId } = vault.context().naming
const head = { store: store.identity, vaultId, tenant: vault.tenant, work: 'fix' } as const
const journal = watched(Journal.open(run.journalFile, head), 'journal', ['append'])
const contextOf = scrubContextOf({ detector, fields: new FieldPaths([]), maxStateBytes: 1e9, maxSecretBytes: 1e6 })
const mode = sealMode({
  store,
  vault: vault.context(),
  tenant: vault.tenant,
  maxTtlMs: vault.maxTtlMs,
  principal: { sub: 'operator:crash' },
  journal,
  scanner: detector.scanner,
  contextOf,
})
const audit = () => runAudit({ store: run.file, config: {}, version: 'test' })
// Small batches, so that there is a moment in the middle of a thread.
const small = { ...mode, batch: { cells: 3, bytes: 1e9 } }
const result = await runFix({ store, mode: small, scanner: detector.scanner, apply: true, vacuumFull: false, audit })
process.stdout.write(JSON.stringify({ result, times: [...times] }))
await vault.close()
await store.close()
