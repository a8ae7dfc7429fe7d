import {
  ClaimVault,
  type ClaimVaultOptions,
  KeyRing,
  SecretSafeSaver,
  type SecretSafeSaverOptions,
} from '../../src/index.js'
import type { ClaimStore } from '../../src/vault/claim-store.js'
import { MemoryClaimStore } from '../../src/vault/stores/memory.js'
import { checkpointOf, metadataOf, RecordingSaver } from './recording-saver.js'

export const CONFIG = { configurable: { thread_id: 'thread-1' } }
export const ALICE = { sub: 'alice' }
export const DAY_MS = 24 * 60 * 60_000

/** A saver over a recording inner saver, and a vault in memory whose clock the test moves. */
export class Harness {
  readonly inner = new RecordingSaver()
  readonly key = KeyRing.generate()
  now = Date.now()
  readonly store: ClaimStore
  /** How often each store method was called. */
  readonly calls: Record<string, number> = {}
  /** Methods that fail, by name, with what they throw. */
  readonly failures = new Map<string, Error>()
  vault!: ClaimVault
  saver!: SecretSafeSaver<RecordingSaver>

  constructor() {
    const store = new MemoryClaimStore({ now: () => this.now })
    this.store = new Proxy(store, {
      get: (target, name: keyof MemoryClaimStore) => {
        const member = target[name]
        if (typeof member !== 'function') return member
        return async (...args: never[]) => {
          this.calls[name] = (this.calls[name] ?? 0) + 1
          const failure = this.failures.get(name)
          if (failure !== undefined) throw failure
          return (member as (...all: never[]) => unknown).apply(target, args)
        }
      },
    })
  }

  static async open(
    options: Partial<SecretSafeSaverOptions> = {},
    vaultOptions: Partial<ClaimVaultOptions> = {},
  ): Promise<Harness> {
    const harness = new Harness()
    harness.vault = await ClaimVault.open({
      store: harness.store,
      keys: new KeyRing(harness.key),
      sweep: 'manual',
      ...vaultOptions,
    })
    harness.saver = new SecretSafeSaver(harness.inner, { vault: harness.vault, principal: ALICE, ...options })
    return harness
  }

  /** The same vault and inner saver as another process sees them. */
  elsewhere(options: Partial<SecretSafeSaverOptions> = {}): SecretSafeSaver<RecordingSaver> {
    return new SecretSafeSaver(this.inner, { vault: this.vault, principal: ALICE, ...options })
  }

  async put(
    values: Record<string, unknown>,
    metadata: Record<string, unknown> = {},
    config: object = CONFIG,
  ): Promise<void> {
    await this.saver.put(config, checkpointOf(values), metadataOf(metadata), {})
    this.inner.replay()
  }

  /** Everything that the inner saver was given, as text. */
  stored(): string {
    return JSON.stringify([this.inner.puts, this.inner.writes])
  }

  async read(saver: SecretSafeSaver<RecordingSaver> = this.saver): Promise<Record<string, unknown>> {
    return (await saver.getTuple(CONFIG))!.checkpoint.channel_values
  }
}
