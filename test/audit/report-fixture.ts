import {
  type AuditReport,
  type Place,
  REPORT_SCHEMA,
  type SecretSummary,
  type SourceSummary,
} from '../../src/audit/report.js'
import { rotationPage } from '../../src/audit/rotation-pages.js'
import { type Rule, type Severity, stockRules } from '../../src/detect-entry.js'
import { type Random, seededRandom } from '../../src/testing/templates.js'

export interface FixtureOptions {
  readonly seed?: number
  readonly secrets?: number
  readonly threads?: number
  /** Of each secret; 6 at most unless told. */
  readonly maxPlaces?: number
  readonly complete?: boolean
}

const END = Date.UTC(2026, 2, 14, 9, 26, 53)
const DAY_MS = 86_400_000
/** As they are met: models and what agents call, most often. */
const COMMON = [
  'OpenAI',
  'GitHub',
  'Anthropic',
  'AWS',
  'Slack',
  'Stripe',
  'Google',
  'Postgres',
  'Tavily',
  'Notion',
  'JWT',
]
const CHANNELS = [
  'messages',
  'messages',
  'messages',
  'tool_results',
  '__start__',
  'credentials',
  'scratchpad',
  'plan',
  '__pregel_tasks',
]
const NODES = ['agent', 'tools', 'supervisor', 'researcher', 'browser', 'summarize']
const OWNERS = ['ana@shop.example', 'jules@shop.example', 'billing-bot', 'support-agent', 'team-platform', 'kofi']
const ROLES = ['human', 'ai', 'tool', 'system']
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** A report such as an audit of three stores makes: many providers, channels and threads, over two years. The same for the same seed. */
export function buildReport(options: FixtureOptions = {}): AuditReport {
  const { seed = 1, secrets: size = 40, threads = 60, maxPlaces = 6, complete = true } = options
  const random = seededRandom(seed)
  const names = Array.from({ length: threads }, (_, i) => threadName(i, random))
  const secrets = Array.from({ length: size }, () => secretOf(random, names, maxPlaces)).sort(byUrgency)
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'langgraph-secret-safe', version: '0.1.0', rules: stockRules.length },
    command: 'audit',
    startedAt: END - 48_211,
    endedAt: END,
    complete,
    sources: sources(threads, complete),
    summary: summaryOf(secrets),
    secrets,
    warnings: complete
      ? []
      : [
          {
            code: 'row-undecodable',
            message: 'Rows whose blob is neither JSON nor msgpack; searched as bytes.',
            source: 0,
            count: 3,
          },
          { code: 'interrupted', message: 'The audit was interrupted; run it again to resume.', count: 1 },
        ],
  }
}

/** Nothing found, everything read. */
export const cleanReport = (): AuditReport => buildReport({ secrets: 0 })

/** Recounted from the secrets, for a test that changes them. */
export function summaryOf(secrets: readonly SecretSummary[]): AuditReport['summary'] {
  const places = secrets.flatMap((secret) => secret.places)
  const distinct = (values: readonly (string | undefined)[]) =>
    new Set(values.filter((value) => value !== undefined)).size
  const number = (severity: Severity) => secrets.filter((secret) => secret.severity === severity).length
  return {
    secrets: secrets.length,
    copies: secrets.reduce((sum, { copies }) => sum + copies, 0),
    threads: distinct(places.map(({ threadId }) => threadId)),
    checkpoints: secrets.reduce((sum, { checkpoints }) => sum + checkpoints, 0),
    bySeverity: { critical: number('critical'), high: number('high'), medium: number('medium'), low: number('low') },
    allowed: secrets.length === 0 ? 0 : 7,
  }
}

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)]!
const below = (limit: number, random: Random): number => Math.floor(random() * limit)
const hex = (length: number, random: Random): string =>
  Array.from({ length }, () => below(16, random).toString(16)).join('')
const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((length) => hex(length, random)).join('-')

const threadName = (i: number, random: Random): string =>
  pick(
    [uuid(random), `support-${10_000 + i}`, `slack:C0${i}:${hex(6, random)}`, `tenant-${below(9, random)}/chat-${i}`],
    random,
  )

function secretOf(random: Random, threads: readonly string[], maxPlaces: number): SecretSummary {
  const rule = ruleOf(random)
  const shown = 1 + below(maxPlaces, random)
  const last = END - below(200, random) * DAY_MS - below(DAY_MS, random)
  const first = last - Math.floor(random() ** 3 * 500) * DAY_MS
  const undated = random() < 0.08
  const places = Array.from({ length: shown }, () => placeOf(random, threads, first, last))
  const omitted = random() < 0.3 ? below(200, random) : 0
  const own = new Set(places.map(({ threadId }) => threadId).filter((id) => id !== undefined)).size
  return {
    id: `fp_${hex(24, random)}`,
    ruleId: rule.id,
    provider: rule.provider,
    title: rule.title,
    kind: rule.kind,
    severity: rule.severity,
    confidence: rule.confidence,
    action: rule.action,
    prefix:
      rule.definition.anchors.length === 1 && rule.definition.before === undefined ? rule.definition.anchors[0]! : '',
    length: 20 + below(90, random),
    firstSeen: undated ? null : first,
    lastSeen: undated ? null : last,
    threads: own + Math.floor(omitted / 9),
    checkpoints: places.length * (1 + below(12, random)) + omitted,
    copies: places.reduce((sum, { copies }) => sum + copies, 0) + omitted,
    rotateAt: rotationPage(rule.provider, rule.link),
    owners: OWNERS.filter(() => random() < 0.2),
    places,
    placesOmitted: omitted,
  }
}

function ruleOf(random: Random): Rule {
  const wanted = random() < 0.75 ? pick(COMMON, random) : pick(stockRules, random).provider
  const rules = stockRules.filter(({ provider }) => provider === wanted)
  return rules.length === 0 ? pick(stockRules, random) : pick(rules, random)
}

function placeOf(random: Random, threads: readonly string[], first: number, last: number): Place {
  const start = below(400, random)
  const common = { copies: 1 + Math.floor(random() ** 3 * 60), start, end: start + 40, inKey: false }
  if (random() < 0.1) {
    const file = `fixtures/dumps/${pick(['chat', 'tools', 'trace'], random)}-${below(20, random)}.json`
    return {
      ...common,
      source: 2,
      kind: 'text',
      file,
      line: 1 + below(900, random),
      column1: 1 + below(80, random),
      encodings: [],
    }
  }
  const kind = random() < 0.2 ? 'write' : random() < 0.08 ? 'metadata' : 'value'
  const channel = pick(CHANNELS, random)
  const index = below(40, random)
  return {
    ...common,
    source: below(2, random),
    kind,
    table: kind === 'write' ? 'checkpoint_writes' : kind === 'metadata' ? 'checkpoints' : 'checkpoint_blobs',
    column: kind === 'metadata' ? 'metadata' : 'blob',
    threadId: threads[Math.floor(random() ** 2.5 * threads.length)]!,
    namespace: random() < 0.15 ? `researcher:${uuid(random)}` : '',
    checkpointId: uuid(random),
    ...(kind === 'write' ? { taskId: uuid(random) } : {}),
    at: first + Math.floor(random() * (last - first)),
    ...(kind === 'metadata' ? {} : { channel }),
    node: pick(NODES, random),
    path:
      channel === 'messages'
        ? [index, 'kwargs', pick(['content', 'tool_calls', 'additional_kwargs'], random)]
        : [pick(['auth', 'headers', 'output'], random), pick(['token', 'Authorization', 'api key'], random)],
    ...(channel === 'messages' && kind !== 'metadata'
      ? { message: { index, id: `run-${hex(8, random)}`, role: pick(ROLES, random) } }
      : {}),
    encodings: random() < 0.1 ? ['json', 'base64'] : [],
    inKey: random() < 0.02,
  }
}

function sources(threads: number, complete: boolean): SourceSummary[] {
  return [
    {
      name: 'postgres://db.internal:5432/agents',
      kind: 'postgres',
      layout: 'langgraph-js postgres',
      rows: 184_211,
      bytes: 3_411_220_480,
      threads,
      checkpoints: threads * 31,
      unreadable: complete ? 0 : 3,
    },
    {
      name: 'var/checkpoints.sqlite',
      kind: 'sqlite',
      layout: 'langgraph-py sqlite',
      rows: 9_114,
      bytes: 88_080_384,
      threads: 12,
      checkpoints: 641,
      unreadable: 0,
    },
    {
      name: 'fixtures/dumps',
      kind: 'file',
      layout: null,
      rows: 0,
      bytes: 1_204_224,
      threads: 0,
      checkpoints: 0,
      unreadable: 0,
    },
  ]
}

function byUrgency(a: SecretSummary, b: SecretSummary): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.threads - a.threads || b.copies - a.copies
}
