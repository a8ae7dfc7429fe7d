import type { AuditReport, SecretSummary, SourceSummary } from '../report.js'
import { providerGroups } from './provider-groups.js'
import { neutral, shown } from './shown.js'
import {
  ageText,
  bytesText,
  counted,
  dayText,
  doubts,
  numberText,
  placeText,
  shapeText,
  spreadText,
  verdictText,
} from './wording.js'

export type TextFormat = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'
/** Puts a terminal's colours around a text, or leaves it alone. */
export type Styler = (format: TextFormat, text: string) => string

export interface TextReportOptions {
  /** How many secrets are described; all of them are counted. */
  readonly maxSecrets?: number
  readonly maxPlaces?: number
}

const plain: Styler = (_, text) => text
const SEVERITY_FORMATS = { critical: 'red', high: 'red', medium: 'yellow', low: 'dim' } as const
const WIDTH = 'CRITICAL  '.length
const INDENT = ' '.repeat(WIDTH)

/**
 * For people at a terminal: what leaked, worst first, where, and what to rotate where.
 * @param style none unless given; `style` of the command line asks NO_COLOR and the terminal.
 */
export function textReport(report: AuditReport, style: Styler = plain, options: TextReportOptions = {}): string {
  const { maxSecrets = 20, maxPlaces = 3 } = options
  const listed = report.secrets.slice(0, maxSecrets)
  const omitted = report.summary.secrets - listed.length
  const lines = [
    ...headLines(report, style),
    ...listed.flatMap((secret) => ['', ...secretLines(secret, report, style, maxPlaces)]),
    ...(omitted > 0 ? ['', style('dim', `${counted(omitted, 'more secret')}: --report json or html lists them.`)] : []),
    ...rotationLines(report, style),
    ...sourceLines(report, style),
    ...warningLines(report, style),
  ]
  return `${lines.join('\n')}\n`
}

function headLines(report: AuditReport, style: Styler): string[] {
  const { summary } = report
  const doubt = doubts(report)
  const clean = summary.secrets === 0
  const spread = `In all ${spreadText(summary)}.${summary.allowed === 0 ? '' : ` ${numberText(summary.allowed)} more allowed by the configuration.`}`
  return [
    style('bold', clean && doubt.length === 0 ? style('green', verdictText(report)) : verdictText(report)),
    ...(clean
      ? summary.allowed === 0
        ? []
        : [`${counted(summary.allowed, 'finding')} allowed by the configuration.`]
      : [spread]),
    ...doubt.map((text) => style('yellow', text)),
  ]
}

function secretLines(secret: SecretSummary, report: AuditReport, style: Styler, maxPlaces: number): string[] {
  const { severity, title, places, placesOmitted, owners } = secret
  const mark = style(SEVERITY_FORMATS[severity], severity.toUpperCase().padEnd(WIDTH))
  const kind = secret.kind === 'private' ? '' : `, ${secret.kind}`
  const age = ageText(secret, report)
  const seen =
    age === null ? '' : `; since ${dayText(secret.firstSeen)} (${age}), last seen ${dayText(secret.lastSeen)}`
  const omitted = places.length - Math.min(maxPlaces, places.length) + placesOmitted
  const people = owners.slice(0, 5).map((owner) => shown(owner, 80))
  return [
    `${mark}${style('bold', shown(title))}${kind}`,
    `${INDENT}${shapeText(secret)} · ${shown(secret.ruleId)} · ${style('dim', `id ${shown(secret.id, 60)}`)}`,
    `${INDENT}${spreadText(secret)}${seen}`,
    ...places.slice(0, maxPlaces).map((place) => `${INDENT}${style('cyan', 'at')} ${placeText(place, 'brief')}`),
    ...(omitted > 0 ? [style('dim', `${INDENT}and ${counted(omitted, 'more place')}`)] : []),
    ...(people.length === 0 ? [] : [`${INDENT}owners: ${people.join(', ')}${owners.length > 5 ? ', …' : ''}`]),
  ]
}

/** What to do first; `--rotate-plan` says all of it. */
function rotationLines(report: AuditReport, style: Styler): string[] {
  const groups = providerGroups(report).filter(({ toRotate }) => toRotate.length > 0)
  if (groups.length === 0) return []
  return [
    '',
    style('bold', 'Rotate first'),
    ...groups.slice(0, 5).map(({ provider, toRotate, link }, i) => {
      return `${`${i + 1}.`.padStart(3)} ${shown(provider, 60)}, ${counted(toRotate.length, 'secret')}${link === null ? '' : `: ${link}`}`
    }),
    ...(groups.length > 5
      ? [style('dim', `    and ${counted(groups.length - 5, 'more provider')}: --rotate-plan`)]
      : []),
  ]
}

function sourceLines({ sources }: AuditReport, style: Styler): string[] {
  if (sources.length === 0) return []
  return [
    '',
    style('bold', 'Read'),
    ...sources.slice(0, 20).map((source) => `  - ${sourceText(source)}`),
    ...(sources.length > 20 ? [style('dim', `    and ${counted(sources.length - 20, 'more source')}`)] : []),
  ]
}

function sourceText(source: SourceSummary): string {
  const { name, kind, layout, rows, bytes, threads, checkpoints, unreadable } = source
  const parts = [
    rows > 0 && counted(rows, 'row'),
    bytesText(bytes),
    threads > 0 && counted(threads, 'thread'),
    checkpoints > 0 && counted(checkpoints, 'checkpoint'),
    unreadable > 0 && `${numberText(unreadable)} unreadable`,
  ]
  return `${shown(name)} (${shown(layout ?? kind)}): ${parts.filter((part) => part !== false).join(', ')}`
}

function warningLines({ warnings, sources }: AuditReport, style: Styler): string[] {
  if (warnings.length === 0) return []
  return [
    '',
    style('bold', 'Not read, or not wholly'),
    ...warnings.map(({ code, message, count, source }) => {
      const where = source === undefined ? undefined : sources[source]
      const place = where === undefined ? '' : ` (${shown(where.name)})`
      return `  - ${style('yellow', shown(code, 60))}: ${neutral(message)}${count > 1 ? `, ${numberText(count)} times` : ''}${place}`
    }),
  ]
}
