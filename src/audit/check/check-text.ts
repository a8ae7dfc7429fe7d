import type { AuditReport, Place, SecretSummary } from '../report.js'
import type { CheckResult } from './run-check.js'

/** Puts a terminal's colours around a text, or leaves it alone. */
export type Styler = (format: 'red' | 'yellow' | 'green' | 'dim', text: string) => string

/** What a terminal obeys, or shows in another order than it stands there. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * One line for each place, as compilers write it, so that an editor can jump there: where, by which rule, and what may be
 * said of the secret: its public prefix, length and fingerprint.
 */
export function checkText({ report, files, failing, unread, baselined }: CheckResult, style: Styler): string {
  const places = report.secrets
    .flatMap((secret) => secret.places.map((place) => ({ secret, place })))
    .sort((a, b) => byPlace(a.place, b.place))
  const omitted = report.secrets.reduce((sum, { placesOmitted }) => sum + placesOmitted, 0)
  const lines = [
    ...places.map(({ secret, place }) => placeLine(secret, place, style)),
    ...(omitted > 0 ? [style('dim', `and ${omitted} more places of these secrets`)] : []),
    ...report.warnings.map(({ code, message }) => `${style('yellow', 'warning')} ${code}: ${clean(message)}`),
    verdict(report, files, failing, style),
    ...(unread > 0
      ? [style('yellow', `${counted(unread, 'part')} could not be read, so this is not the whole truth.`)]
      : []),
    ...(baselined > 0 ? [style('dim', `${counted(baselined, 'finding')} in the baseline.`)] : []),
  ]
  return `${lines.join('\n')}\n`
}

function placeLine(secret: SecretSummary, { file, line, column1, path, encodings }: Place, style: Styler): string {
  const { action, severity, ruleId, title, prefix, length, id } = secret
  const mark = action === 'seal' ? style('red', severity) : style('yellow', `${severity}, reported only`)
  const within = path === undefined ? '' : ` at ${pathText(path)}`
  const encoded = encodings.length === 0 ? '' : ` in ${encodings.join(', ')}`
  const shape = `${prefix === '' ? '' : `${prefix}… `}${length} characters${encoded}`
  return `${clean(`${file}:${line}:${column1}`)} ${mark} ${ruleId}: ${clean(title)}, ${shape}${clean(within)} ${style('dim', id)}`
}

function verdict({ summary }: AuditReport, files: number, failing: number, style: Styler): string {
  const where = counted(files, 'file')
  const allowed = summary.allowed === 0 ? '' : `, ${counted(summary.allowed, 'finding')} allowed`
  if (summary.secrets === 0) return style('green', `No secret in ${where}${allowed}.`)
  const text = `${counted(summary.secrets, 'secret')} in ${counted(summary.copies, 'place')} of ${where}${allowed}.`
  return style(failing > 0 ? 'red' : 'yellow', text)
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const pathText = (path: readonly (string | number)[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')

/** A file may be called anything. */
const clean = (text: string): string => text.replace(UNSEEN, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`)

function byPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file! < b.file! ? -1 : 1
  return a.line! - b.line! || a.column1! - b.column1!
}
