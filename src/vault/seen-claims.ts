import type { ClaimId } from './claim-store.js'

const MAX_IDS = 20_000

/** Claims that this process knows to exist, or to have existed: a hint that spares it a write which would be refused. */
export class SeenClaims {
  #newer = new Set<ClaimId>()
  #older = new Set<ClaimId>()

  has(id: ClaimId): boolean {
    return this.#newer.has(id) || this.#older.has(id)
  }

  add(rows: readonly { readonly id: ClaimId }[]): void {
    for (const { id } of rows) this.#newer.add(id)
    if (this.#newer.size < MAX_IDS) return
    this.#older = this.#newer
    this.#newer = new Set()
  }
}
