import { createDetector, type Detector, stockRules } from '../../../src/detect-entry.js'
import { HOSTILE, type Hostile, hostileTo } from './hostile.js'
import { setA } from './set-a/set.js'
import { setB } from './set-b/set.js'
import { type Leaf, leavesOf, makeState } from './state.js'
import { megabytesPerSecond } from './throughput.js'

export interface Speed {
  readonly name: string
  readonly megabytesPerSecond: number
  readonly aim?: number
}

export interface SpeedOptions {
  readonly size: number
  readonly rounds: number
  readonly hostileSize: number
  /** One in so many rules is attacked. */
  readonly everyRule: number
}

const SEED = 9001
const CURVE = [50, 100, 200] as const
/** The first rounds pay for the compiler: each text is alone in reaching some part of the code. */
const HOSTILE_ROUNDS = 12

const lengthOf = (texts: readonly { readonly length: number }[]): number =>
  texts.reduce((sum, { length }) => sum + length, 0)

/** State of both sets in equal parts. */
function corpus(size: number, rate: number) {
  return [setA, setB].flatMap((set, i) => makeState({ set, seed: SEED + i, size: size / 2, rate, rules: stockRules }))
}

const leavesIn = (size: number, rate: number): Leaf[] => corpus(size, rate).flatMap(({ value }) => leavesOf(value))

/** MB/s of the detector with all rules and decoding on, by kind of text. */
export async function measureSpeed(
  options: SpeedOptions,
): Promise<{ workloads: Speed[]; curve: Speed[]; hostile: Speed[] }> {
  const { size, rounds } = options
  const detector = createDetector()
  const clean = leavesIn(size, 0)
  const workloads: Speed[] = [
    { name: 'leaf strings without a secret', aim: 400, megabytesPerSecond: await leafSpeed(detector, clean, rounds) },
    {
      name: 'leaf strings, secrets in 1 %',
      aim: 300,
      megabytesPerSecond: await leafSpeed(detector, leavesIn(size, 0.01), rounds),
    },
  ]
  const documents = corpus(size, 0)
  const texts = documents.map(({ value }) => JSON.stringify(value))
  const scanTexts = () => {
    for (const text of texts) detector.scanText(text)
  }
  const scanValues = () => {
    for (const { value } of documents) detector.scanValue(value)
  }
  workloads.push(
    {
      name: 'whole documents',
      aim: 600,
      megabytesPerSecond: await megabytesPerSecond(lengthOf(texts), rounds, scanTexts),
    },
    { name: 'values', megabytesPerSecond: await megabytesPerSecond(lengthOf(texts), rounds, scanValues) },
  )
  const hostile = await hostileSpeeds(detector, options)
  const curve: Speed[] = []
  for (const count of [...CURVE, stockRules.length]) {
    const some = createDetector({ rules: spread(count) })
    curve.push({ name: `${count} rules`, megabytesPerSecond: await leafSpeed(some, clean, rounds) })
  }
  return { workloads, curve, hostile }
}

function leafSpeed(detector: Detector, leaves: readonly Leaf[], rounds: number): Promise<number> {
  const size = leaves.reduce((sum, { text }) => sum + text.length, 0)
  return megabytesPerSecond(size, rounds, () => {
    for (const { text, key, parent } of leaves) detector.scanText(text, { key, parent })
  })
}

/** Rules from all over the list: its neighbours are of one kind. */
const spread = (count: number) =>
  stockRules.filter(
    (_, i) => Math.floor((i * count) / stockRules.length) !== Math.floor(((i - 1) * count) / stockRules.length),
  )

/** Slowest first. */
async function hostileSpeeds(detector: Detector, { hostileSize, everyRule }: SpeedOptions): Promise<Speed[]> {
  const texts: [string, Hostile][] = Object.entries(HOSTILE)
  for (const [i, rule] of stockRules.entries()) {
    if (i % everyRule !== 0) continue
    for (const [kind, make] of Object.entries(hostileTo(rule))) texts.push([`${rule.id}: ${kind}`, make])
  }
  const speeds: Speed[] = []
  for (const [name, make] of texts) {
    const text = make(hostileSize)
    speeds.push({
      name,
      megabytesPerSecond: await megabytesPerSecond(text.length, HOSTILE_ROUNDS, () => detector.scanText(text)),
    })
  }
  return speeds.sort((a, b) => a.megabytesPerSecond - b.megabytesPerSecond)
}
