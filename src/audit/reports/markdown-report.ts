import type { AuditReport, SecretSummary } from '../report.js'
import { providerGroups } from './provider-groups.js'
import { neutral, shown } from './shown.js'
import {
  ageText,
  bytesText,
  counted,
  doubts,
  numberText,
  placeName,
  placeText,
  shapeText,
  spreadText,
  verdictText,
} from './wording.js'

/** Of anything. GitHub refuses a comment above 65,536 characters: where this much does not fit, less is listed. */
const MAX_LISTED = 50
const MAX_PROVIDERS = 10
const MAX_PLACES = 5
const MAX_COMMENT_CHARS = 65_000

/** GitHub-flavoured Markdown for a comment on a pull request or a job's summary. */
export function markdownReport(report: AuditReport): string {
  const head = [
    `## ${report.summary.secrets === 0 && doubts(report).length === 0 ? '✅' : '🔑'} ${verdictText(report)}`,
    '',
    ...doubts(report).map((doubt) => `> ⚠️ ${doubt}\n`),
  ]
  // A cut through the middle of a table would be a broken comment: less is listed instead.
  for (let limit = MAX_LISTED; ; limit = Math.floor(limit / 2)) {
    const parts = [findings, rotation, reading, warnings].flatMap((part) => part(report, limit))
    const text = `${[...head, ...parts, footer(report)].join('\n')}\n`
    if (text.length <= MAX_COMMENT_CHARS || limit === 0) return text
  }
}

function findings(report: AuditReport, limit: number): string[] {
  if (report.summary.secrets === 0) return []
  const secrets = report.secrets.slice(0, limit)
  const omitted = report.summary.secrets - secrets.length
  return [
    `In all ${spreadText(report.summary)}.`,
    '',
    '| | Secret | Where | Spread | Age |',
    '| --- | --- | --- | --- | --- |',
    ...secrets.map((secret) => row(secret, report)),
    '',
    ...(omitted > 0 ? [`…and ${counted(omitted, 'more secret')}: the JSON and HTML reports list them.`, ''] : []),
    '<details><summary>Places</summary>',
    '',
    ...secrets.flatMap((secret) => placesOf(secret)),
    '',
    '</details>',
    '',
  ]
}

function row(secret: SecretSummary, report: AuditReport): string {
  const { severity, title, places, placesOmitted } = secret
  const more = places.length + placesOmitted - 1
  const where = places[0] === undefined ? '' : `${code(placeName(places[0]))}${more > 0 ? ` +${numberText(more)}` : ''}`
  const cells = [
    `**${severity}**`,
    `${prose(title)}<br>${code(shapeText(secret))}`,
    where,
    spreadText(secret),
    ageText(secret, report) ?? '',
  ]
  return `| ${cells.join(' | ')} |`
}

function placesOf({ title, id, places, placesOmitted }: SecretSummary): string[] {
  const omitted = Math.max(0, places.length - MAX_PLACES) + placesOmitted
  return [
    `- ${prose(title)}, id ${code(shown(id, 60))}`,
    ...places.slice(0, MAX_PLACES).map((place) => `  - ${code(placeText(place, 'brief'))}`),
    ...(omitted > 0 ? [`  - and ${counted(omitted, 'more place')}`] : []),
  ]
}

function rotation(report: AuditReport, limit: number): string[] {
  const groups = providerGroups(report).filter(({ toRotate }) => toRotate.length > 0)
  if (groups.length === 0) return []
  const listed = Math.min(MAX_PROVIDERS, limit)
  return [
    '### Rotate first',
    '',
    ...groups.slice(0, listed).map(({ provider, toRotate, link, owners }, i) => {
      const name = link === null ? prose(provider) : `[${prose(provider)}](<${link}>)`
      const people = owners.slice(0, 5).map((owner) => code(shown(owner, 80)))
      return `${i + 1}. ${name}: ${counted(toRotate.length, 'secret')}${people.length === 0 ? '' : `, owned by ${people.join(', ')}`}`
    }),
    ...(groups.length > listed
      ? [`${listed + 1}. and ${counted(groups.length - listed, 'more provider')}: \`audit --rotate-plan\``]
      : []),
    '',
  ]
}

function reading({ sources }: AuditReport, limit: number): string[] {
  if (sources.length === 0) return []
  return [
    '<details><summary>What was read</summary>',
    '',
    '| Source | Layout | Rows | Size | Threads | Checkpoints | Unreadable |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...sources.slice(0, limit).map(({ name, kind, layout, rows, bytes, threads, checkpoints, unreadable }) => {
      const counts = [numberText(rows), bytesText(bytes), ...[threads, checkpoints, unreadable].map(numberText)]
      return `| ${[code(shown(name)), code(shown(layout ?? kind)), ...counts].join(' | ')} |`
    }),
    ...(sources.length > limit ? [`| and ${counted(sources.length - limit, 'more source')} | | | | | | |`] : []),
    '',
    '</details>',
    '',
  ]
}

function warnings({ warnings: given }: AuditReport, limit: number): string[] {
  if (given.length === 0) return []
  const lines = given
    .slice(0, limit)
    .map(
      ({ code: name, message, count }) =>
        `- ${code(shown(name, 60))} (${numberText(count)}): ${prose(shown(message, 500))}`,
    )
  return [
    '### Not read, or not wholly',
    '',
    ...lines,
    ...(given.length > limit ? [`- and ${counted(given.length - limit, 'more warning')}`] : []),
    '',
  ]
}

function footer({ tool, summary }: AuditReport): string {
  const allowed = summary.allowed === 0 ? '' : `; ${counted(summary.allowed, 'finding')} allowed by the configuration`
  return `<sub>langgraph-secret-safe ${prose(tool.version)}, ${numberText(tool.rules)} rules${allowed}. No part of a secret is shown but its public prefix.</sub>`
}

/** A character reference never takes part in Markdown's or HTML's syntax (CommonMark 0.31, section 2.5). */
const reference = (char: string): string => `&#${char.codePointAt(0)};`

/**
 * A name out of a store. Inside `<code>` GitHub turns nothing into a mention, an issue or an emoji; a code span would do
 * for a tame name alone, since `|`, backticks and the space at its ends follow rules of their own.
 */
function code(text: string): string {
  if (/^[\w./-]+$/.test(text) && !/^www\./i.test(text)) return `\`${text}\``
  return `<code>${neutral(text).replace(/[^\p{L}\p{N} ,/·…-]/gu, reference)}</code>`
}

/** Text of a rule or of ours: escaped alike, and as code where GitHub would make a link of it. */
function prose(text: string): string {
  if (/[@#]|www\.|:\/\/|:\w+:/i.test(text)) return code(text)
  return neutral(text).replace(/[^\p{L}\p{N} ,./()'…-]/gu, reference)
}
