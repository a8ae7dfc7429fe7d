import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint'
import { ClaimVault, KeyRing, MemoryClaimStore, SecretSafeSaver } from '../../src/index.js'

/** A saver that keeps secrets from the one beneath it. */
export async function secretSafeOver(inner: BaseCheckpointSaver) {
  const keys = new KeyRing(KeyRing.generate())
  const vault = await ClaimVault.open({ store: new MemoryClaimStore(), keys, sweep: 'manual' })
  return { wrapped: new SecretSafeSaver(inner, { vault, principal: { sub: 'test' } }), close: () => vault.close() }
}
