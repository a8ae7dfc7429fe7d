import { columns } from '../table.js'
import type { Latency } from './growth.js'
import type { GrowthResult, VaultResult } from './section.js'

export function renderVault(results: readonly VaultResult[]): string {
  const rows = results.flatMap(({ operations }) =>
    operations.map(({ name, aim, ratio, lowestRatio, highestRatio, cpuRatio, bare, wrapped }) => [
      name,
      ratio.toFixed(2),
      aim?.toFixed(2) ?? '',
      `${lowestRatio.toFixed(2)}–${highestRatio.toFixed(2)}`,
      cpuRatio.toFixed(2),
      ms(bare.medianMs),
      ms(wrapped.medianMs),
    ]),
  )
  const rates = results.map(({ database, eventsPerSecond, batchCryptoMs }) => [
    database,
    Math.round(eventsPerSecond).toString(),
    ms(batchCryptoMs),
  ])
  return [
    columns('A vault beside the same rows written by hand', [
      ['', 'ratio', 'aim', 'spread', 'cpu', 'by hand ms', 'vault ms'],
      ...rows,
    ]),
    columns('Ledger, batches of 50, eight in flight (aim 20000); opening 100 ciphertexts (aim 2 ms)', [
      ['', 'events/s', 'crypto ms'],
      ...rates,
    ]),
  ].join('\n')
}

export function renderGrowth(results: readonly GrowthResult[]): string {
  return results
    .map(({ database, growth, sweep }) =>
      [
        columns(`${database}: as claims grow`, [
          ['claims', 'restore ms', 'p99', 'claim ms', 'p99', 'destroy a window ms'],
          ...growth.map(({ claims, restore, claim, destroyMs }) => [
            claims.toString(),
            ...both(restore),
            ...both(claim),
            ms(destroyMs),
          ]),
        ]),
        columns(`${database}: sweeping ${sweep.expired} expired claims took ${sweep.seconds.toFixed(1)} s`, [
          ['', 'restore ms', 'p99'],
          ['before', ...both(sweep.quiet)],
          ['meanwhile', ...both(sweep.busy)],
        ]),
      ].join('\n'),
    )
    .join('\n')
}

const both = ({ medianMs, p99Ms }: Latency): string[] => [ms(medianMs), ms(p99Ms)]
const ms = (value: number): string => value.toFixed(3)
