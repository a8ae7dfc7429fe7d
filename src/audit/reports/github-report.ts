import type { Severity } from '../../detect-entry.js'
import type { AuditReport, SecretSummary } from '../report.js'
import { neutral, safeLink } from './shown.js'
import { counted, doubts, placeText, shapeText, spreadText, verdictText } from './wording.js'

const COMMANDS = { critical: 'error', high: 'error', medium: 'warning', low: 'notice' } as const satisfies Record<
  Severity,
  string
>
/** Of one step, GitHub shows ten errors, ten warnings and ten notices; the rest is in the log alone. */
const SHOWN_PER_KIND = 10

/**
 * Workflow commands, one on each line: GitHub puts them beside the lines of a pull request.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(report: AuditReport): string {
  const lines = report.secrets.map(annotation)
  for (const { code, message, count } of report.warnings) {
    lines.push(command('warning', { title: `secret-safe: ${code}` }, `${message} (${count})`))
  }
  const hidden = report.secrets.length > SHOWN_PER_KIND ? ' GitHub shows the first ten of a kind; the log has all.' : ''
  const spread = report.summary.secrets === 0 ? '' : ` ${spreadText(report.summary)}.`
  const end = `${[verdictText(report) + spread, ...doubts(report)].join(' ')}${hidden}`
  return `${[...lines, command('notice', { title: 'secret-safe' }, end)].join('\n')}\n`
}

function annotation(secret: SecretSummary): string {
  const place = secret.places.find(({ file, line }) => file !== undefined && line !== undefined) ?? secret.places[0]
  const more = secret.places.length + secret.placesOmitted - 1
  const link = safeLink(secret.rotateAt)
  const message = [
    `${secret.title} (${shapeText(secret)}): ${spreadText(secret)}.`,
    ...(place === undefined
      ? []
      : [`At ${placeText(place, 'brief')}${more > 0 ? ` and ${counted(more, 'more place')}` : ''}.`]),
    ...(link === null ? [] : [`Rotate it: ${link}`]),
  ].join('\n')
  const position =
    place?.file === undefined ? {} : { file: place.file, line: place.line, col: place.line && place.column1 }
  return command(COMMANDS[secret.severity], { ...position, title: `${secret.severity}: ${secret.title}` }, message)
}

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, message: string) {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
  return `::${name} ${given.join(',')}::${message.split('\n').map(escapeData).join('%0A')}`
}

/** What is unseen is spelled out first; a file's name with such a character then marks no line, which is no loss. */
const escapeData = (text: string): string => neutral(text).replaceAll('%', '%25')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
