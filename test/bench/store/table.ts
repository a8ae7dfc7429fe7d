import type { Comparison } from '../measure.js'
import { columns } from '../table.js'

export function renderStore(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, ratio, lowestRatio, highestRatio, cpuRatio, bare, wrapped }) => [
    name,
    ratio.toFixed(2),
    `${lowestRatio.toFixed(2)}–${highestRatio.toFixed(2)}`,
    cpuRatio.toFixed(2),
    bare.medianMs.toFixed(3),
    wrapped.medianMs.toFixed(3),
  ])
  return columns('A graph’s store: items of 600 characters, a search finds 10', [
    ['', 'ratio', 'spread', 'cpu', 'bare ms', 'wrapped ms'],
    ...rows,
  ])
}
