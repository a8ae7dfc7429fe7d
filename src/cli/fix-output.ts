import type { FixResult } from '../audit/fix/run-fix.js'
import { print, style } from './output.js'

const SHOWN = 50
const REASONS: Readonly<Record<FixResult['left'][number]['reason'], string>> = {
  'not-json': 'no JSON, and holds a secret',
  'too-deep': 'nested too deep, and holds a secret',
  'too-large': 'over maxStateBytes or maxSecretBytes; not looked through',
  'invalid-utf8': 'the secret stands among bytes that are not UTF-8',
  'unknown-encoding': 'serialized in a way that is not known',
  'secret-in-key': 'a thread id or another name of the row is itself a secret',
  'found-by-audit': 'an audit still finds a secret there, such as in a name that nothing can take the place of',
  'still-there': 'a replaced secret stands there as well',
  'written-meanwhile': 'written with a secret after it had been replaced',
}

/** What stands where, by shape: never a value. */
export function printFix({ applied, mode, store, plan, left, residue, searchedAll }: FixResult): void {
  const done = mode === 'seal' ? 'sealed' : 'redacted'
  print(
    plan.copies === 0
      ? `${store}: nothing to be ${done}.`
      : `${store}: ${plan.copies} copies of secrets in ${plan.cells} cells of ${plan.threads} threads ${applied ? `are ${done}` : `would be ${done}`}.`,
  )
  for (const { table, column, channel, path, ruleId, shape, copies, cells, threads } of plan.entries.slice(0, SHOWN)) {
    const what = mode === 'redact' ? '[redacted]' : 'claim URL'
    const change = shape === 'text' ? `"…<secret>…" → "…<${what}>…"` : `<whole value> → "<${what}>"`
    const where = [`${table}.${column}`, channel, ...(path === '' ? [] : [path])].join(' / ')
    print(`  ${where}`)
    print(`    ${change}  ${style('dim', `${ruleId}, ${copies} × in ${cells} cells of ${threads} threads`)}`)
  }
  if (plan.entries.length > SHOWN) print(`  and ${plan.entries.length - SHOWN} more kinds of places; --json has all.`)
  for (const { place, reason, count } of left)
    print(`${style('yellow', 'left')}  ${place}: ${REASONS[reason]} (${count})`)
  if (!searchedAll) print(`${style('yellow', 'left')}  too many secrets to search for all of them: run it again.`)
  for (const line of residue.done) print(line)
  for (const line of residue.left) print(`${style('yellow', 'beyond')}  ${line}`)
  if (!applied && plan.copies > 0) print('Nothing was changed. Do it with --apply.')
  else if (applied && mode === 'seal' && plan.copies > 0)
    print('Until --commit the claims do not expire, and --undo puts everything back.')
}
