import type { Comparison } from './measure.js'
import type { SaverSection } from './plan.js'

interface Row {
  readonly aim?: number
  readonly comparison: Comparison
}

const TITLES: Readonly<Record<SaverSection, string>> = {
  chat: 'A whole chat: 50 turns, 200 messages of 600 characters',
  operations: 'Single calls on that chat',
  sizes: 'By state size: read, add a message, store; and the first put of a new thread',
}

/** Ratios are medians over rounds, with the lowest and highest; times are medians. */
export function renderTable(section: SaverSection, rows: readonly Row[]): string {
  const cells = rows.map(({ aim, comparison: { name, ratio, lowestRatio, highestRatio, cpuRatio, bare, wrapped } }) => [
    name,
    ratio.toFixed(2),
    aim === undefined ? '' : aim.toFixed(2),
    `${lowestRatio.toFixed(2)}–${highestRatio.toFixed(2)}`,
    cpuRatio.toFixed(2),
    milliseconds(bare.medianMs),
    milliseconds(wrapped.medianMs),
  ])
  return columns(TITLES[section], [['', 'ratio', 'aim', 'spread', 'cpu', 'bare ms', 'wrapped ms'], ...cells])
}

/** A title and aligned rows, the first of which holds the columns' names. */
export function columns(title: string, table: readonly (readonly string[])[]): string {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  const lines = table.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  )
  return [`\n${title}`, ...lines, ''].join('\n')
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(3) : value.toFixed(0)
}
