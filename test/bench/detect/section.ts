import { comparePeers, type PeerResult } from './compare.js'
import { PEERS } from './peers/index.js'
import { measureSpeed, type Speed } from './speed.js'

export interface DetectResult {
  readonly workloads: readonly Speed[]
  readonly curve: readonly Speed[]
  /** The slowest of them. */
  readonly hostile: readonly Speed[]
  readonly peers: readonly PeerResult[]
}

const MB = 1_000_000

/** Speed and quality of detection, ours and that of npm's other scanners, in one process on the same texts. */
export async function detectSection({ quick, rounds }: { quick: boolean; rounds: number }): Promise<DetectResult> {
  const speed = quick
    ? { size: 0.2 * MB, rounds: 1, hostileSize: 4000, everyRule: 50 }
    : { size: 20 * MB, rounds: Math.min(rounds, 7), hostileSize: 32_000, everyRule: 1 }
  const { workloads, curve, hostile } = await measureSpeed(speed)
  // Slow ones read a fifth of it, in which a few secrets must be planted for a recall to say anything.
  const peers = await comparePeers(PEERS, quick ? MB : 20 * MB, quick ? 1 : 20)
  return { workloads, curve, hostile: hostile.slice(0, 10), peers }
}
