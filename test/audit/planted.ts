import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { type BaseCheckpointSaver, emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint'
import type { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite'
import { expect } from 'vitest'
import type { AuditReport, Place, SecretSummary } from '../../src/audit/report.js'
import { createDetector, stockRules } from '../../src/detect-entry.js'
import { fillExample } from '../../src/testing/templates.js'

/** A secret of a rule that proves itself by its format, and where it was put. */
export interface Planted {
  readonly ruleId: string
  readonly secret: string
}

const detector = createDetector()
const usable = stockRules.filter(
  ({ confidence, kind, context, examples, action }) =>
    confidence !== 'medium' &&
    kind === 'private' &&
    action === 'seal' &&
    context === undefined &&
    !examples[0]!.includes('<<'),
)

/** Others in each run; one call goes on behind the last one, so that the secrets of a test are of different rules. */
let next = Math.floor(Math.random() * usable.length)

/** New secrets of different rules; generated, so that none stands in the repository. */
export function newSecrets(count: number): readonly Planted[] {
  const found: Planted[] = []
  for (let i = 0; found.length < count; i++) {
    if (i > usable.length) throw new RangeError('There are too few rules of this kind.')
    const rule = usable[next++ % usable.length]!
    const { secret } = fillExample(rule.examples[0]!)
    const hits = detector.scanText(`it is ${secret} now`)
    const isWhole = hits.length === 1 && hits[0]!.ruleId === rule.id && hits[0]!.end - hits[0]!.start === secret.length
    if (isWhole && /^[\w.-]{12,160}$/.test(secret) && !found.some(({ ruleId }) => ruleId === rule.id)) {
      found.push({ ruleId: rule.id, secret })
    }
  }
  return found
}

/** Makes its tables; it does so by itself when it is first used. */
export function setUp(saver: SqliteSaver): void {
  ;(saver as unknown as { setup(): void }).setup()
}

export interface Plant {
  readonly prose: Planted
  readonly toolArgument: Planted
  readonly toolResult: Planted
  readonly nested: Planted
  readonly inMap: Planted
  readonly inKey: Planted
  readonly asBytes: Planted
  readonly inJson: Planted
  readonly inMetadata: Planted
  readonly inWrite: Planted
  readonly all: readonly Planted[]
}

export function newPlant(): Plant {
  const all = newSecrets(10)
  const [prose, toolArgument, toolResult, nested, inMap, inKey, asBytes, inJson, inMetadata, inWrite] = all as [
    Planted,
    Planted,
    Planted,
    Planted,
    Planted,
    Planted,
    Planted,
    Planted,
    Planted,
    Planted,
  ]
  return { prose, toolArgument, toolResult, nested, inMap, inKey, asBytes, inJson, inMetadata, inWrite, all }
}

/** State of a thread in which each of these secrets stands once, beside much that looks like one. */
export function stateOf(plant: Plant): Record<string, unknown> {
  return {
    messages: [
      new HumanMessage({ id: 'm-1', content: `Use ${plant.prose.secret}, please.` }),
      new AIMessage({
        id: 'm-2',
        content: 'Calling.',
        tool_calls: [{ id: 'call_8f14e45fceea167a', name: 'login', args: { with: plant.toolArgument.secret } }],
      }),
      new ToolMessage({ id: 'm-3', tool_call_id: 'call_8f14e45fceea167a', content: `got ${plant.toolResult.secret}` }),
    ],
    settings: { region: 'eu-west-1', deep: [{ value: plant.nested.secret }] },
    lookup: new Map([['first', plant.inMap.secret]]),
    seen: { [plant.inKey.secret]: true },
    raw: new TextEncoder().encode(`bytes ${plant.asBytes.secret} end`),
    body: JSON.stringify({ auth: { note: plant.inJson.secret } }),
    digest: 'd41d8cd98f00b204e9800998ecf8427e',
  }
}

/** Puts the plant into a thread through a saver: one checkpoint, or several that hold the same state. */
export async function plant(
  saver: BaseCheckpointSaver,
  threadId: string,
  given: Plant,
  checkpoints = 1,
): Promise<void> {
  const state = stateOf(given)
  const versions = Object.fromEntries(Object.keys(state).map((channel) => [channel, saver.getNextVersion(undefined)]))
  let config = { configurable: { thread_id: threadId, checkpoint_ns: '' } as Record<string, string> }
  for (let step = 0; step < checkpoints; step++) {
    const checkpoint = {
      ...emptyCheckpoint(),
      id: uuid6(step),
      channel_values: state,
      channel_versions: versions as Record<string, number>,
    }
    const metadata = {
      source: 'loop',
      step,
      parents: {},
      user_id: 'dana@example.com',
      note: given.inMetadata.secret,
    } as const
    config = (await saver.put(
      config,
      checkpoint,
      metadata,
      step === 0 ? (versions as Record<string, number>) : {},
    )) as typeof config
  }
  await saver.putWrites(
    config,
    [['answer', { text: `later ${given.inWrite.secret}` }]],
    '7b0c2c1e-0000-4000-8000-000000000001',
  )
}

/** Everything planted is found, once each, and nothing else. */
export function expectExactly(report: AuditReport, planted: readonly Planted[]): void {
  const expected = planted.map(({ ruleId, secret }) => `${ruleId} ${secret.length}`).sort()
  expect(report.secrets.map(({ ruleId, length }) => `${ruleId} ${length}`).sort()).toEqual(expected)
  for (const { secret } of planted) expect(JSON.stringify(report)).not.toContain(secret)
}

export function secretOf(report: AuditReport, { ruleId }: Planted): SecretSummary {
  return report.secrets.find((secret) => secret.ruleId === ruleId)!
}

export function placeOf(report: AuditReport, planted: Planted): Place {
  return secretOf(report, planted).places[0]!
}
