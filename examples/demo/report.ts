import type { LedgerEntry } from '../../src/index.js'
import { type Check, type Evidence, isResumed } from './checks.js'
import type { StoreEvidence } from './evidence.js'
import { columns, columnWidth, type Highlights, paint, table } from './layout.js'
import type { Run } from './run.js'

const SHOWN = 8
const SAFE = /\b0 times|claim:\/\/[\w./-]+/g

/** Everything that was seen, for a person to read. Tokens are shortened. */
export function report(evidence: Evidence): string {
  const { bare, wrapped, ledger } = evidence
  const short = (text: string) =>
    text.replaceAll(bare.run.token, shorten(bare.run.token)).replaceAll(wrapped.run.token, shorten(wrapped.run.token))
  const highlights: Highlights = [
    [/ghp_\w+…|[1-9]\d* times/g, 'red'],
    [SAFE, 'green'],
  ]
  const pair = (left: string, right: string) => columns(short(left), short(right), highlights)
  return [
    '',
    paint('bold', 'One agent, two savers'),
    'It fetches a token, waits for a human, resumes in another process and deploys with the token.',
    '',
    paint('bold', columns('SqliteSaver', 'secretSafe(SqliteSaver)')),
    columns('─'.repeat(columnWidth), '─'.repeat(columnWidth)),
    '',
    heading(1, "What stands in the store's bytes"),
    pair(snippet(short(bare.store.row)), snippet(short(wrapped.store.row))),
    '',
    pair(tally(bare.store), tally(wrapped.store)),
    '',
    heading(2, 'What the resumed process received'),
    pair(received(bare.run), received(wrapped.run)),
    '',
    heading(3, 'What an unauthorized reader sees'),
    pair(`Whoever opens the file:\n${bare.reader.sees}`, `No principal, or another tenant's:\n${wrapped.nobody.sees}`),
    '',
    heading(4, 'Which agent used which credential, when'),
    pair('Nobody knows.', 'The ledger knows:'),
    '',
    ledgerTable(ledger),
    '',
  ].join('\n')
}

export function verdict(results: readonly Check[]): string {
  const lines = results.map(({ ok, claim }) => `${ok ? paint('green', '✓') : paint('red', '✗')} ${claim}`)
  return [paint('bold', 'Is it true?'), ...lines, ''].join('\n')
}

function shorten(token: string): string {
  return `${token.slice(0, SHOWN)}…`
}

function heading(number: number, text: string): string {
  return paint('bold', `${number}  ${text}`)
}

/** The stored answer of the token service, with a little of the row around it. */
function snippet(row: string): string {
  const at = row.indexOf('access_token')
  const from = row.lastIndexOf('"content"', at)
  const to = row.indexOf('}', at) + 1
  return `…${row.slice(from, to)}…`
}

function tally({ files, bytes, rows, rowsWithToken, rowsWithUrl, occurrences }: StoreEvidence): string {
  const [database, ...others] = files
  const where = [database, ...others.map((file) => file.replace(String(database), ''))].join(', ')
  const urls = rowsWithUrl > 0 ? `, ${rowsWithUrl} its claim URL` : ''
  return [
    `The token stands there ${occurrences} times`,
    `${rowsWithToken} of ${rows} rows hold it${urls}`,
    `(${where}: ${Math.round(bytes / 1024)} KiB)`,
  ].join('\n')
}

function received(run: Run): string {
  const [use] = run.uses
  if (use === undefined) return 'It asked the service for nothing.'
  const answer = use.accepted ? 'accepted' : 'refused'
  const verdict = isResumed(run) ? 'the token issued to' : 'not what was issued to'
  return `process ${use.pid}: Bearer ${use.presented}\n${verdict} process ${run.issuedTo}, ${answer} by the service`
}

function ledgerTable(ledger: readonly LedgerEntry[]): string {
  const rules = new Map(
    ledger.flatMap(({ claims, rules = [] }) => rules.flatMap((rule) => claims.map((id) => [id, rule]))),
  )
  const rows = ledger.map(({ at, operation, outcome, act, sub, claims }) => [
    new Date(at).toISOString().slice(11, 23),
    outcome === 'ok' ? operation : `${operation}: ${outcome}`,
    act === undefined ? String(sub) : `${act} for ${sub}`,
    claims.map((id) => `${rules.get(id) ?? 'claim'} ${id.slice(0, 6)}…`).join(', '),
  ])
  return table(['UTC', 'what', 'who', 'credential'], rows)
}
