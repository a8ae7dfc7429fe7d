import type { KeyProvider } from '../../seal/key-provider.js'
import type { ClaimStore, VaultRow } from '../claim-store.js'
import type { ClaimVault } from '../claim-vault.js'
import type { CheckpointSource } from './checkpoints/source.js'

/** `warn`: a person should look at it. `fail`: something that the vault promises does not hold. */
export type Level = 'ok' | 'warn' | 'fail'

/** What one check found. Names ids, counts and files; never a value, a key or an address. */
export interface Diagnosis {
  /** Stable, for scripts; see docs/operations.md. */
  readonly id: string
  readonly level: Level
  readonly message: string
  /** What to do about it. */
  readonly advice?: string
}

export interface DoctorContext {
  readonly store: ClaimStore
  readonly row: VaultRow
  readonly tenant: string
  /** The vault file of a SQLite vault. */
  readonly file: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Undefined when there is no usable key. */
  readonly keys: KeyProvider | undefined
  /** Why there is none. */
  readonly keyProblem: string | undefined
  /** Undefined when the keys do not open the vault; the check `vault-key` says why. */
  readonly vault: ClaimVault | undefined
  readonly checkpoints: CheckpointSource | undefined
  /** Outside of the database: what was last seen of it. */
  readonly witnessFile: string
}

/** One question about a vault. What it throws becomes a failure of its own id, and stops no other check. */
export interface Check {
  readonly id: string
  run(context: DoctorContext): Promise<readonly Omit<Diagnosis, 'id'>[]>
}

export const ok = (message: string): Omit<Diagnosis, 'id'> => ({ level: 'ok', message })
export const warn = (message: string, advice: string): Omit<Diagnosis, 'id'> => ({ level: 'warn', message, advice })
export const fail = (message: string, advice: string): Omit<Diagnosis, 'id'> => ({ level: 'fail', message, advice })

/** `1 claim`, `2 claims`. */
export const count = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`
