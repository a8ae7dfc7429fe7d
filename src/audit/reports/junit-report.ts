import type { AuditReport, SecretSummary, SourceSummary } from '../report.js'
import { neutral, safeLink, shown } from './shown.js'
import { counted, isDate, numberText, placeText, shapeText, spreadText } from './wording.js'

const MAX_PLACES = 20

/**
 * JUnit XML, as CI servers read it: a failed case for each secret, and a case for each source that says whether it was
 * read wholly, so that a clean report is green rather than empty.
 * @see https://github.com/testmoapp/junitxml
 */
export function junitReport(report: AuditReport): string {
  const { secrets, sources, startedAt, endedAt } = report
  const seconds = Math.max(0, (endedAt - startedAt) / 1000).toFixed(3)
  const reading = [completeCase(report), ...sources.map((source, i) => sourceCase(source, i, report))]
  const errors = reading.filter((text) => text.includes('<error ')).length
  const totals = { tests: reading.length + secrets.length, failures: secrets.length, errors, time: seconds }
  const timestamp = isDate(startedAt) ? { timestamp: new Date(startedAt).toISOString() } : {}
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: `langgraph-secret-safe ${report.command}`, ...totals })}>`,
    `  <testsuite ${attributes({ name: 'reading', tests: reading.length, failures: 0, errors, time: seconds, ...timestamp })}>`,
    ...reading,
    '  </testsuite>',
    `  <testsuite ${attributes({ name: 'secrets', tests: secrets.length, failures: secrets.length, errors: 0, time: '0', ...timestamp })}>`,
    ...secrets.map(secretCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function completeCase({ complete }: AuditReport): string {
  const error = complete ? '' : `<error ${attributes({ type: 'incomplete', message: 'Only a part was read.' })}/>`
  return testCase('reading', 'the audit came to its end', error)
}

function sourceCase({ name, unreadable, rows }: SourceSummary, index: number, { warnings }: AuditReport): string {
  const title = `${shown(name)} is read wholly (${counted(rows, 'row')})`
  const own = warnings.filter(({ source }) => source === index || source === undefined)
  if (unreadable === 0)
    return testCase('reading', title, own.length === 0 ? '' : `<system-out>${warningText(own)}</system-out>`)
  const message = `${counted(unreadable, 'part')} could not be read or decoded.`
  return testCase('reading', title, `<error ${attributes({ type: 'unreadable', message })}>${warningText(own)}</error>`)
}

const warningText = (warnings: AuditReport['warnings']): string =>
  escapeXml(
    warnings
      .map(({ code, message, count }) => `${code} (${numberText(count)}): ${message}`)
      .map(neutral)
      .join('\n'),
  )

function secretCase(secret: SecretSummary): string {
  const { ruleId, title, severity, places, placesOmitted, owners, id } = secret
  const link = safeLink(secret.rotateAt)
  const omitted = Math.max(0, places.length - MAX_PLACES) + placesOmitted
  const body = [
    `severity: ${severity}`,
    `spread: ${spreadText(secret)}`,
    ...places.slice(0, MAX_PLACES).map((place) => `at: ${placeText(place)}`),
    ...(omitted > 0 ? [`and ${counted(omitted, 'more place')}`] : []),
    ...(owners.length > 0
      ? [
          `owners: ${owners
            .slice(0, MAX_PLACES)
            .map((owner) => shown(owner, 80))
            .join(', ')}`,
        ]
      : []),
    ...(link === null ? [] : [`rotate at: ${link}`]),
  ].join('\n')
  const failure = attributes({ type: severity, message: `${neutral(title)} (${shapeText(secret)})` })
  const file = places.find((place) => place.file !== undefined)
  return testCase(
    ruleId,
    `${title}, ${shapeText(secret)}, id ${shown(id, 60)}`,
    `<failure ${failure}>${escapeXml(body)}</failure>`,
    file === undefined ? {} : { file: file.file!, ...(file.line === undefined ? {} : { line: file.line }) },
  )
}

function testCase(className: string, name: string, inside: string, more: Record<string, string | number> = {}): string {
  const given = attributes({ classname: `secret-safe.${className}`, name, ...more, time: '0' })
  return inside === '' ? `    <testcase ${given}/>` : `    <testcase ${given}>${inside}</testcase>`
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(shown(String(value), 1000))}"`)
    .join(' ')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** `neutral` has taken out what XML 1.0 has no way to write at all, such as U+0000; `>` is escaped for `]]>`. */
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char]!)
