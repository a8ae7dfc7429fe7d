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

/** GitHub refuses a comment above 65,536 characters; this many secrets with five places each stay below that. */
const MAX_SECRETS = 50
const MAX_PLACES = 5
const MAX_COMMENT_CHARS = 65_000

/** GitHub-flavoured Markdown for a comment on a pull request or a job's summary. */
export function markdownReport(report: AuditReport): string {
  const head = [
    `## ${report.summary.secrets === 0 && doubts(report).length === 0 ? '✅' : '🔑'} ${verdictText(report)}`,
    '',
    ...doubts(report).map((doubt) => `> ⚠️ ${doubt}\n`),
  ]
  const tail = [...rotation(report), ...reading(report), ...warnings(report), footer(report)]
  // A cut through the middle of a table would be a broken comment: fewer secrets are listed instead.
  for (let listed = Math.min(MAX_SECRETS, report.secrets.length); ; listed = Math.floor(listed / 2)) {
    const text = `${[...head, ...findings(report, listed), ...tail].join('\n')}\n`
    if (text.length <= MAX_COMMENT_CHARS || listed === 0) return text
  }
}

function findings(report: AuditReport, listed: number): string[] {
  if (report.summary.secrets === 0) return []
  const secrets = report.secrets.slice(0, listed)
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

function rotation(report: AuditReport): string[] {
  const groups = providerGroups(report).filter(({ toRotate }) => toRotate.length > 0)
  if (groups.length === 0) return []
  return [
    '### Rotate first',
    '',
    ...groups.slice(0, 10).map(({ provider, toRotate, link, owners }, i) => {
      const name = link === null ? prose(provider) : `[${prose(provider)}](<${link}>)`
      const people = owners.slice(0, 5).map((owner) => code(shown(owner, 80)))
      return `${i + 1}. ${name}: ${counted(toRotate.length, 'secret')}${people.length === 0 ? '' : `, owned by ${people.join(', ')}`}`
    }),
    ...(groups.length > 10
      ? [`${11}. and ${counted(groups.length - 10, 'more provider')}: \`audit --rotate-plan\``]
      : []),
    '',
  ]
}

function reading({ sources }: AuditReport): string[] {
  if (sources.length === 0) return []
  return [
    '<details><summary>What was read</summary>',
    '',
    '| Source | Layout | Rows | Size | Threads | Checkpoints | Unreadable |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...sources.slice(0, 50).map(({ name, kind, layout, rows, bytes, threads, checkpoints, unreadable }) => {
      const counts = [numberText(rows), bytesText(bytes), ...[threads, checkpoints, unreadable].map(numberText)]
      return `| ${[code(shown(name)), code(shown(layout ?? kind)), ...counts].join(' | ')} |`
    }),
    ...(sources.length > 50 ? [`| and ${counted(sources.length - 50, 'more source')} | | | | | | |`] : []),
    '',
    '</details>',
    '',
  ]
}

function warnings({ warnings: given }: AuditReport): string[] {
  if (given.length === 0) return []
  const lines = given
    .slice(0, 50)
    .map(
      ({ code: name, message, count }) =>
        `- ${code(shown(name, 60))} (${numberText(count)}): ${prose(shown(message, 500))}`,
    )
  return [
    '### Not read, or not wholly',
    '',
    ...lines,
    ...(given.length > 50 ? [`- and ${counted(given.length - 50, 'more warning')}`] : []),
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
