import type { Principal } from '../../access/principal.js'
import { placeKey } from '../../vault/mint.js'
import { ClaimScope } from '../../vault/scrub/claim-scope.js'
import type { VaultContext } from '../../vault/vault-context.js'
import type { Journal, JournalCell } from './journal.js'
import { restoreAll } from './restore-all.js'
import { hashCell } from './seal-mode.js'
import type { CellChange, FixStore } from './store.js'
import { undoCell } from './undo-cell.js'

const BATCH = 64

export interface UndoOptions {
  readonly store: FixStore
  readonly vault: VaultContext
  readonly tenant: string
  readonly principal: Principal
  readonly journal: Journal
}

export interface UndoResult {
  readonly restored: number
  /** Rows that were written to since, or deleted; they stay as they are. */
  readonly changed: number
  /** Cells whose claims give nothing out any more. */
  readonly lost: number
}

/**
 * Puts back what a fix replaced, byte for byte. A cell is put back only if it is as the fix left it; what was done already is
 * told by its bytes, so that an undo that was cut off is called again.
 */
export async function undoFix(options: UndoOptions): Promise<UndoResult> {
  let restored = 0
  // A cell that was replaced twice is put back in as many passes.
  for (;;) {
    const pass = await undoOnce(options)
    restored += pass.restored
    if (pass.restored === 0) return { ...pass, restored }
  }
}

async function undoOnce(options: UndoOptions): Promise<UndoResult> {
  const total = { restored: 0, changed: 0, lost: 0 }
  for (const batch of batchesOf(options.journal.cells())) {
    const result = await undoBatch(options, batch)
    total.restored += result.restored
    total.changed += result.changed
    total.lost += result.lost
  }
  return total
}

/** Of one thread each: a thread's claims are asked for together. */
function* batchesOf(cells: Iterable<JournalCell>): Generator<readonly JournalCell[]> {
  let batch: JournalCell[] = []
  for (const cell of cells) {
    if (batch.length >= BATCH || (batch[0] !== undefined && batch[0].key[0] !== cell.key[0])) {
      yield batch
      batch = []
    }
    batch.push(cell)
  }
  if (batch.length > 0) yield batch
}

async function undoBatch(options: UndoOptions, batch: readonly JournalCell[]): Promise<UndoResult> {
  const { store, vault, tenant, principal } = options
  const scope = new ClaimScope(vault.naming, tenant, String(batch[0]!.key[0]))
  const due: { readonly entry: JournalCell; readonly cell: CellChange['cell'] }[] = []
  let changed = 0
  for (const entry of batch) {
    const cell = await store.read(entry)
    const hash = cell === undefined ? undefined : hashCell(vault, scope, cell.bytes)
    if (cell !== undefined && hash === entry.after) due.push({ entry, cell })
    else if (hash !== entry.before) changed++
  }
  const refs = due.flatMap(({ entry }) =>
    entry.undo.flatMap(({ claims, place, channel }) =>
      claims.map((id) => ({ id, place, channel: channel ?? entry.channel ?? '' })),
    ),
  )
  const found = refs.length === 0 ? new Map() : await restoreAll(vault, scope, refs, principal)
  const changes: CellChange[] = []
  for (const { entry, cell } of due) {
    const bytes = undoCell(
      cell.bytes,
      entry.undo,
      (url) => scope.owns(url),
      (id, { place }) => {
        const result = found.get(placeKey(id, place))
        return result !== undefined && 'payload' in result ? result.payload : undefined
      },
      entry.type === 'bytes',
    )
    if (bytes !== undefined) changes.push({ cell, bytes, type: entry.type ?? cell.type })
  }
  const made = await store.replace(changes)
  const restored = made.filter(Boolean).length
  return { restored, changed: changed + made.length - restored, lost: due.length - changes.length }
}
