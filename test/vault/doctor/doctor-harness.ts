import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ClaimStore, ClaimVault, type KeyRing } from '../../../src/index.js'
import type { Diagnosis, DoctorContext } from '../../../src/vault/doctor/check.js'
import { runDoctor } from '../../../src/vault/doctor/run-doctor.js'

export const newWitness = (): string =>
  path.join(mkdtempSync(path.join(tmpdir(), 'secret-safe-doctor-')), 'witness.json')

/** Everything that the doctor looks at, as the command gives it. */
export async function contextOf(
  store: ClaimStore,
  keys: KeyRing,
  overrides: Partial<DoctorContext> = {},
): Promise<DoctorContext> {
  const vault = await ClaimVault.open({ store, keys, sweep: 'manual' })
  return {
    store,
    row: (await store.readVault())!,
    tenant: 'default',
    file: undefined,
    env: {},
    keys,
    keyProblem: undefined,
    vault,
    checkpoints: undefined,
    witnessFile: newWitness(),
    ...overrides,
  }
}

export async function diagnose(context: DoctorContext): Promise<Record<string, Diagnosis>> {
  return Object.fromEntries((await runDoctor(context)).map((diagnosis) => [diagnosis.id, diagnosis]))
}
