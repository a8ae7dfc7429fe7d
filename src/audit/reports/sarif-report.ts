import { createHash } from 'node:crypto'
import type { Location, Log, Notification, Region, Result, Run } from 'sarif'
import type { AuditReport, Place, SecretSummary } from '../report.js'
import { groupBy } from './group.js'
import { LEVELS, sarifRules, sarifText } from './sarif-rules.js'
import { artifactUri, type Checkout } from './sarif-uri.js'
import { shown, terminalJson } from './shown.js'
import { counted, isDate, placeName, placeText, shapeText, spreadText } from './wording.js'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0-rtm.5.json'
/** GitHub takes 25,000 results of a run and shows 5,000; it shows the first location of each and links the rest. */
const MAX_RESULTS = 5000
const MAX_RELATED = 20

/**
 * SARIF 2.1.0 for code scanning: one result for each secret in each file, table or store. Code scanning refuses a result
 * without a file, so a place in a database gets a path that reads like one (`postgres/host/db/table`), and a logical
 * location that says thread, channel and path.
 * @see https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifReport(report: AuditReport, checkout?: Checkout): string {
  const rules = sarifRules(report.secrets)
  const indexes = new Map(rules.map(({ id }, i) => [id, i]))
  const results = report.secrets.flatMap((secret) => resultsOf(secret, report, checkout, indexes))
  const run: Run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: shown(report.tool.version, 60),
        rules,
      },
    },
    automationDetails: { id: `secret-safe/${report.command}/` },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: report.complete,
        ...(isDate(report.startedAt) ? { startTimeUtc: new Date(report.startedAt).toISOString() } : {}),
        ...(isDate(report.endedAt) ? { endTimeUtc: new Date(report.endedAt).toISOString() } : {}),
        toolExecutionNotifications: notifications(report, results.length),
      },
    ],
    results: results.slice(0, MAX_RESULTS),
  }
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] }
  return `${terminalJson(log)}\n`
}

function resultsOf(
  secret: SecretSummary,
  report: AuditReport,
  checkout: Checkout | undefined,
  indexes: ReadonlyMap<string, number>,
): Result[] {
  const byArtifact = groupBy(secret.places, (place) => artifactUri(place, report.sources[place.source], checkout))
  return [...byArtifact].map(([uri, places]): Result => {
    const [first, ...others] = places
    const ruleId = sarifText(secret.ruleId)
    return {
      ruleId,
      ruleIndex: indexes.get(ruleId)!,
      level: LEVELS[secret.severity],
      message: { text: messageText(secret, places.length) },
      locations: [locationOf(uri, first!)],
      ...(others.length === 0
        ? {}
        : {
            relatedLocations: others.slice(0, MAX_RELATED).map((place, i) => ({
              id: i + 1,
              message: { text: sarifText(placeText(place)) },
              ...locationOf(uri, place),
            })),
          }),
      partialFingerprints: fingerprints(secret, uri, first!),
      properties: {
        provider: sarifText(secret.provider),
        kind: secret.kind,
        severity: secret.severity,
        confidence: secret.confidence,
        length: secret.length,
        threads: secret.threads,
        checkpoints: secret.checkpoints,
        copies: secret.copies,
      },
    }
  })
}

function messageText(secret: SecretSummary, here: number): string {
  const { title, places, placesOmitted } = secret
  const elsewhere = places.length + placesOmitted - here
  const more = elsewhere > 0 ? ` ${counted(elsewhere, 'place')} elsewhere.` : ''
  return sarifText(`${title} (${shapeText(secret)}) is stored in plaintext: ${spreadText(secret)}.${more}`)
}

function locationOf(uri: string, place: Place): Location {
  const { file, line, column1, threadId, channel, start, end } = place
  const region: Region = { startLine: line !== undefined && line >= 1 ? line : 1 }
  if (column1 !== undefined && column1 >= 1) region.startColumn = column1
  if (file !== undefined && line === undefined && place.path === undefined && end >= start) {
    region.byteOffset = start
    region.byteLength = end - start
  }
  const physicalLocation = { artifactLocation: { uri }, region }
  if (file !== undefined && channel === undefined && place.path === undefined) return { physicalLocation }
  const name = placeName(place)
  const full = [threadId, place.namespace, place.checkpointId].filter((part) => part !== undefined && part !== '')
  return {
    physicalLocation,
    logicalLocations: [
      { name, kind: place.kind, fullyQualifiedName: [...full.map((part) => shown(part!)), name].join('/') },
    ],
  }
}

/**
 * Of what names the place, not of the secret or its line: code scanning makes a hash of the line itself where it is given
 * none, and a report's `id` is keyed anew for each report.
 */
function fingerprints({ ruleId, prefix, length }: SecretSummary, uri: string, place: Place): Record<string, string> {
  const { threadId = '', channel = '', namespace = '', path = [], kind, table = '', column = '' } = place
  const name = JSON.stringify([ruleId, prefix, length, uri, threadId, namespace, channel, path, kind, table, column])
  return { primaryLocationLineHash: `${createHash('sha256').update(name).digest('hex').slice(0, 16)}:1` }
}

function notifications({ warnings }: AuditReport, results: number): Notification[] {
  const cut: Notification[] =
    results <= MAX_RESULTS
      ? []
      : [
          {
            descriptor: { id: 'results-cut' },
            level: 'warning',
            message: {
              text: `Only the first ${MAX_RESULTS} of ${results} results are listed; the JSON report has all.`,
            },
          },
        ]
  const given = warnings.map(({ code, message, count }): Notification => {
    const text = `${sarifText(message)}${count > 1 ? ` (${count} times)` : ''}`
    return { descriptor: { id: sarifText(code) }, level: 'warning', message: { text } }
  })
  return [...cut, ...given]
}
