import type { LedgerEntry } from '../../src/index.js'
import type { ReaderEvidence, StoreEvidence } from './evidence.js'
import type { Run } from './run.js'

export interface Evidence {
  readonly bare: { readonly run: Run; readonly store: StoreEvidence; readonly reader: ReaderEvidence }
  readonly wrapped: {
    readonly run: Run
    readonly store: StoreEvidence
    readonly nobody: ReaderEvidence
    readonly stranger: ReaderEvidence
    readonly vaultHoldsToken: boolean
  }
  readonly ledger: readonly LedgerEntry[]
}

export interface Check {
  readonly ok: boolean
  readonly claim: string
}

/** What the demo says, as things that can be false. */
export function checks({ bare, wrapped, ledger }: Evidence): Check[] {
  const { token } = wrapped.run
  const seesUrlOnly = ({ sees, everything }: ReaderEvidence) => sees.includes('claim://') && !everything.includes(token)
  const did = (operation: LedgerEntry['operation'], outcome: LedgerEntry['outcome']) =>
    ledger.some((entry) => entry.operation === operation && entry.outcome === outcome && entry.act !== undefined)
  return [
    { ok: bare.store.occurrences > 0, claim: 'the bare store holds the token, so the search can find one' },
    {
      ok: wrapped.store.occurrences === 0 && wrapped.store.encodings.length === 0,
      claim: 'no byte of the wrapped store holds it: raw, JSON, base64, hex, percent, UTF-16, decimal bytes',
    },
    { ok: !wrapped.vaultHoldsToken, claim: 'nor does a byte of the vault' },
    ...[bare.run, wrapped.run].map((run, i) => ({
      ok: run.uses.length === 1 && isResumed(run),
      claim: `${i === 0 ? 'bare' : 'wrapped'}: another process resumed with the right token, and the service took it`,
    })),
    { ok: seesUrlOnly(wrapped.nobody), claim: 'a reader without a principal sees claim URLs only' },
    { ok: seesUrlOnly(wrapped.stranger), claim: "so does another tenant's user" },
    { ok: did('mint', 'ok') && did('restore', 'ok'), claim: 'the ledger names who stored the token and who used it' },
  ]
}

export function isResumed({ uses, token, issuedTo }: Run): boolean {
  const [use] = uses
  return use?.accepted === true && use.presented === token && use.pid !== issuedTo
}
