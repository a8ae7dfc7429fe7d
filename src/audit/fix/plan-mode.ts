import { randomBytes } from 'node:crypto'
import { NamingKeys } from '../../vault/naming-keys.js'
import { ClaimScope } from '../../vault/scrub/claim-scope.js'
import type { FixMode } from './mode.js'
import { scrubCell } from './scrub-cell.js'
import type { ContextOf } from './scrub-context.js'

/**
 * Says what sealing would do, and does nothing.
 * @param naming the vault's, so that its own claim URLs are known; undefined while there is no vault.
 */
export function planMode(contextOf: ContextOf, tenant: string, naming = nobodys()): FixMode {
  return {
    name: 'seal',
    batch: { cells: 1, bytes: 1 },
    scrub: (cell, context) => scrubCell(cell, context),
    open: async (threadId, known) => ({
      context: contextOf(new ClaimScope(naming, tenant, threadId), known),
      commit: async () => [],
    }),
  }
}

function nobodys(): NamingKeys {
  return new NamingKeys(NamingKeys.random(8), NamingKeys.random(4), randomBytes(32))
}
