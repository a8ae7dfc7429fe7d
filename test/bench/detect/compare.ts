import { stockRules } from '../../../src/detect-entry.js'
import { seededRandom } from '../../../src/testing/templates.js'
import { LOOK_ALIKES } from '../../rules/look-alikes/index.js'
import type { Peer } from './peers/peer.js'
import { exactRecall, falsePerMegabyte, recall, type Scanned, type Span, score } from './score.js'
import { setB } from './set-b/set.js'
import { leavesOf, makeState, type StateDocument, serialize } from './state.js'

export interface PeerResult {
  readonly peer: string
  readonly form: 'documents' | 'leaves'
  readonly megabytes: number
  readonly megabytesPerSecond: number
  readonly planted: number
  readonly recall: number
  readonly exactRecall: number
  readonly falsePerMegabyte: number
  /** Of strings that only look like a secret. */
  readonly lookAlikesFlagged: number
}

type Item = Omit<Scanned, 'found'> & { readonly scan: (peer: Peer) => Promise<Span[]> | Span[] }

const SEED = 31_007
const FORMS = ['documents', 'leaves'] as const
/** A short pass is run again, as its first one pays for the compiler. */
const ROUNDS = 3
const LONG_MS = 4000

/** All scanners on the same texts, one after the other in this process. */
export async function comparePeers(peers: readonly Peer[], size: number, lookAlikes: number): Promise<PeerResult[]> {
  const state = makeState({ set: setB, seed: SEED, size, rate: 0.01, rules: stockRules })
  const results: PeerResult[] = []
  for (const peer of peers) {
    const documents = state.slice(0, Math.ceil(state.length * peer.share))
    const flagged = await lookAlikesFlagged(peer, lookAlikes)
    for (const form of FORMS) results.push(await measure(peer, form, itemsOf(documents, form), flagged))
  }
  return results
}

async function measure(
  peer: Peer,
  form: PeerResult['form'],
  items: readonly Item[],
  flagged: number,
): Promise<PeerResult> {
  const found: Span[][] = []
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS && (round === 0 || best < LONG_MS); round++) {
    const started = performance.now()
    for (let i = 0; i < items.length; i++) {
      const spans = items[i]!.scan(peer)
      // Awaiting where nothing is to be waited for would cost more than a short text's scan.
      found[i] = spans instanceof Promise ? await spans : spans
    }
    best = Math.min(best, performance.now() - started)
  }
  const result = score(items.map(({ text, labels }, i) => ({ text, labels, found: found[i]! })))
  return {
    peer: peer.name,
    form,
    megabytes: result.megabytes,
    megabytesPerSecond: (result.megabytes * 1000) / best,
    planted: result.planted,
    recall: recall(result),
    exactRecall: exactRecall(result),
    falsePerMegabyte: falsePerMegabyte(result),
    lookAlikesFlagged: flagged,
  }
}

function itemsOf(documents: readonly StateDocument[], form: PeerResult['form']): Item[] {
  if (form === 'documents') {
    return documents.map((document) => {
      const { text, labels } = serialize(document)
      return { text, labels, scan: (peer: Peer) => peer.scanText(text) }
    })
  }
  return documents.flatMap(({ value, labels }) =>
    leavesOf(value).map((leaf) => {
      const here = labels.filter(
        ({ path }) => path.length === leaf.path.length && path.join('/') === leaf.path.join('/'),
      )
      const scan = (peer: Peer) => (peer.scanLeaf === undefined ? peer.scanText(leaf.text) : peer.scanLeaf(leaf))
      return { text: leaf.text, labels: here, scan }
    }),
  )
}

async function lookAlikesFlagged(peer: Peer, perKind: number): Promise<number> {
  const random = seededRandom(SEED)
  let flagged = 0
  let all = 0
  for (const make of Object.values(LOOK_ALIKES)) {
    for (let i = 0; i < perKind; i++, all++) if ((await peer.scanText(make(random))).length > 0) flagged++
  }
  return flagged / all
}
