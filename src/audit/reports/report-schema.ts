import type { Confidence, Encoding, RuleAction, SecretKind, Severity } from '../../detect-entry.js'
import {
  type AuditReport,
  type AuditWarning,
  type Place,
  type PlaceKind,
  REPORT_SCHEMA,
  type ReportSummary,
  type SecretSummary,
  type SourceSummary,
} from '../report.js'

/** The part of JSON Schema 2020-12 that the report needs. */
export interface JsonSchema {
  readonly $schema?: string
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly items?: JsonSchema
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
}

/** Every field of the type, or it does not compile; `?` says that a field may be absent. */
type Fields<T> = { readonly [K in keyof T]-?: JsonSchema }

/** One of each, so that a value added to the type and not here does not compile. */
const oneOf = <T extends string>(values: Readonly<Record<T, true>>): JsonSchema => ({ enum: Object.keys(values) })
const text = (description: string): JsonSchema => ({ type: 'string', description })
const count = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description })
const time = (description: string): JsonSchema => ({
  type: 'integer',
  description: `${description} Ms since the epoch.`,
})
const list = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description })

function object<T>(properties: Fields<T>, optional: readonly (keyof T & string)[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !(optional as readonly string[]).includes(name))
  return { type: 'object', properties, required, additionalProperties: false }
}

const SEVERITY = oneOf<Severity>({ critical: true, high: true, medium: true, low: true })

const source = object<SourceSummary>({
  name: text('As it may be shown: an address without user and password, or a path.'),
  kind: oneOf<SourceSummary['kind']>({
    postgres: true,
    sqlite: true,
    mongodb: true,
    redis: true,
    'dev-server': true,
    'pg-dump': true,
    'sql-dump': true,
    file: true,
  }),
  layout: { type: ['string', 'null'], description: 'Which layout was met; null for plain text.' },
  rows: count('Rows or documents that were read.'),
  bytes: count('Bytes that were looked through.'),
  threads: count('Threads that were met.'),
  checkpoints: count('Checkpoints that were met.'),
  unreadable: count('Rows or parts that could not be read or decoded; each kind has a warning.'),
})

const summary = object<ReportSummary>({
  secrets: count('Different secrets.'),
  copies: count('How often they stand anywhere.'),
  threads: count('Threads that hold one.'),
  checkpoints: count('Checkpoints that hold one.'),
  bySeverity: {
    ...object<ReportSummary['bySeverity']>({
      critical: count('Critical secrets.'),
      high: count('High ones.'),
      medium: count('Medium ones.'),
      low: count('Low ones.'),
    }),
    description: 'Different secrets by severity.',
  },
  allowed: count('Findings that the configuration lets stay; they are not listed.'),
})

const place = object<Place>(
  {
    source: count('Index in `sources`.'),
    kind: oneOf<PlaceKind>({
      value: true,
      write: true,
      metadata: true,
      config: true,
      'key-column': true,
      raw: true,
      text: true,
    }),
    copies: count('Rows that hold the same value at the same path.'),
    table: text('Table or collection.'),
    column: text('Column or field of it.'),
    threadId: text('Thread.'),
    namespace: text('Checkpoint namespace; empty for the root graph.'),
    checkpointId: text('Checkpoint.'),
    taskId: text('Task of a pending write.'),
    at: time('When the checkpoint was written.'),
    channel: text('Channel of the graph.'),
    node: text('Node that wrote it or was sent it; else the one in which its subgraph ran.'),
    path: list({ type: ['string', 'integer'] }, "From the channel's value, or the file's root, to the string."),
    message: {
      ...object<NonNullable<Place['message']>>(
        {
          index: count('Position in the list of messages.'),
          id: text("The message's id."),
          role: text('Whose message it is, such as `human`, `ai` or `tool`.'),
        },
        ['id', 'role'],
      ),
      description: 'The message that holds it.',
    },
    file: text('Path of a file.'),
    line: count('From 1.'),
    column1: count('Column in the line, from 1.'),
    start: count("Offset of the stored run in the string at `path`, or in the file's bytes."),
    end: count('Offset of its end.'),
    encodings: list(
      oneOf<Encoding>({ base64: true, base64url: true, hex: true, percent: true, json: true, bytes: true }),
      'Decoding steps from the stored run to the secret, outermost first.',
    ),
    inKey: { type: 'boolean', description: "True when it stands in an object's key." },
  },
  [
    'table',
    'column',
    'threadId',
    'namespace',
    'checkpointId',
    'taskId',
    'at',
    'channel',
    'node',
    'path',
    'message',
    'file',
    'line',
    'column1',
  ],
)

const secret = object<SecretSummary>({
  id: text('Keyed fingerprint, the same for the same secret within this report (or a baseline). It guesses nothing.'),
  ruleId: text('Rule that found it; stable.'),
  provider: text('Whose credential it is.'),
  title: text('What it is.'),
  kind: {
    ...oneOf<SecretKind>({ private: true, publishable: true, test: true, identifier: true }),
    description:
      '`private` opens something; `publishable` is meant to be public; `test` opens a sandbox; `identifier` names an account.',
  },
  severity: SEVERITY,
  confidence: oneOf<Confidence>({ certain: true, high: true, medium: true, low: true }),
  action: {
    ...oneOf<RuleAction>({ seal: true, report: true, ignore: true }),
    description: 'What the saver does with it.',
  },
  prefix: text('What every secret of its rule begins with; empty where that is nothing.'),
  length: count('UTF-16 units of the decoded secret.'),
  firstSeen: { type: ['integer', 'null'], description: 'Oldest checkpoint that holds it; null where no row says.' },
  lastSeen: { type: ['integer', 'null'], description: 'Newest checkpoint that holds it; null where no row says.' },
  threads: count('Threads that hold it.'),
  checkpoints: count('Checkpoints that hold it.'),
  copies: count('How often it stands anywhere.'),
  rotateAt: text("The provider's page where it is rotated or described; empty where none is known."),
  owners: list({ type: 'string' }, 'Who is named as owner or user in the metadata of its checkpoints.'),
  places: { ...list(place, 'The first places, at most 100.'), maxItems: 100 },
  placesOmitted: count('How many more there are.'),
})

const warning = object<AuditWarning>(
  {
    code: text('Stable, such as `file-truncated` or `row-undecodable`.'),
    message: text('One sentence.'),
    source: count('Index in `sources`; absent for what concerns all of them.'),
    count: count('How often.'),
  },
  ['source'],
)

/** Kept as `docs/schemas/report.schema.json`; what it does not name, the JSON report does not print. */
export const reportSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:${REPORT_SCHEMA.replace('/', ':').replace('@', ':')}`,
  title: 'Report of langgraph-secret-safe audit, check and fix',
  description: 'Holds no secret and no part of one but its public prefix.',
  ...object<AuditReport>({
    schema: { type: 'string', const: REPORT_SCHEMA, description: 'Refuse what you do not know.' },
    tool: object<AuditReport['tool']>({
      name: { type: 'string', const: 'langgraph-secret-safe' },
      version: text('Version of the package.'),
      rules: count('Rules that were applied.'),
    }),
    command: oneOf<AuditReport['command']>({ audit: true, check: true, fix: true }),
    startedAt: time('Begin.'),
    endedAt: time('End.'),
    complete: {
      type: 'boolean',
      description: 'False when only a part was read: interrupted, sampled, or cut off by an error.',
    },
    sources: list(source, 'What was read.'),
    summary,
    secrets: list(
      secret,
      'One entry for each secret. What to rotate first comes first: by severity, then by exposure.',
    ),
    warnings: list(warning, 'What was not read, or not wholly.'),
  }),
}
