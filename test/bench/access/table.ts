import { columns } from '../table.js'
import { type AccessResult, POLICY_AIM } from './section.js'

export function renderAccess({ restores, rates }: AccessResult): string {
  const rows = restores.map(({ name, ratio, lowestRatio, highestRatio, cpuRatio, bare, wrapped }) => [
    name,
    ratio.toFixed(3),
    POLICY_AIM.toFixed(2),
    `${lowestRatio.toFixed(2)}–${highestRatio.toFixed(2)}`,
    cpuRatio.toFixed(3),
    bare.medianMs.toFixed(3),
    wrapped.medianMs.toFixed(3),
  ])
  const decisions = rates.map(({ engine, aim, decisionsPerSecond, decisionsPerCpuSecond }) => [
    engine,
    Math.round(decisionsPerSecond).toString(),
    Math.round(decisionsPerCpuSecond).toString(),
    aim?.toString() ?? '',
  ])
  return [
    columns('A restore under the built-in policy beside the same one without', [
      ['', 'ratio', 'aim', 'spread', 'cpu', 'without ms', 'with ms'],
      ...rows,
    ]),
    columns('Decisions alone', [['', 'per second', 'per CPU second', 'aim'], ...decisions]),
  ].join('\n')
}
