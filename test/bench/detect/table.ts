import { columns } from '../table.js'
import type { PeerResult } from './compare.js'
import type { DetectResult } from './section.js'
import type { Speed } from './speed.js'

export function renderDetect({ workloads, curve, hostile, peers }: DetectResult): string {
  return [
    speeds('Detection: MB/s on one core, all rules and decoding on', workloads),
    speeds('The same leaf strings without a secret, by number of rules', curve),
    speeds('Texts made to be slow: the worst of all (aim: none below 20)', hostile),
    scanners('Scanners on the same state, secrets in 1 % of leaf strings', peers),
  ].join('\n')
}

const speeds = (title: string, rows: readonly Speed[]): string =>
  columns(title, [
    ['', 'MB/s', 'aim'],
    ...rows.map(({ name, megabytesPerSecond, aim }) => [name, megabytesPerSecond.toFixed(1), aim?.toString() ?? '']),
  ])

function scanners(title: string, results: readonly PeerResult[]): string {
  const first = results.filter(({ peer }) => peer === results[0]?.peer)
  const ours = new Map(first.map(({ form, megabytesPerSecond }) => [form, megabytesPerSecond]))
  return columns(title, [
    ['', 'MB', 'MB/s', 'ours is faster', 'found', 'exact span', 'false/MB', 'look-alikes flagged'],
    ...results.map((result) => [
      `${result.peer}, ${result.form}`,
      result.megabytes.toFixed(1),
      result.megabytesPerSecond.toFixed(2),
      `${(ours.get(result.form)! / result.megabytesPerSecond).toFixed(1)} ×`,
      result.recall.toFixed(3),
      result.exactRecall.toFixed(3),
      result.falsePerMegabyte.toFixed(2),
      `${(result.lookAlikesFlagged * 100).toFixed(2)} %`,
    ]),
  ])
}
