import { columns } from '../table.js'
import { type AgentRow, GUARD_AIM } from './section.js'

export function renderAgent(rows: readonly AgentRow[]): string {
  return columns('A chat as it grows, given to a guarded model at each turn; and put by a saver at each turn', [
    [
      '',
      'ratio',
      'aim',
      'guard ns/B',
      'saver ns/B',
      'input MB',
      'bare model ms',
      'guarded ms',
      'bare put ms',
      'wrapped ms',
    ],
    ...rows.map(({ name, ratio, guardNsPerByte, saverNsPerByte, bytes, model, put }) => [
      name,
      ratio.toFixed(2),
      GUARD_AIM.toFixed(2),
      guardNsPerByte.toFixed(2),
      saverNsPerByte.toFixed(2),
      (bytes / 1e6).toFixed(1),
      ...[model.bare, model.wrapped, put.bare, put.wrapped].map(({ minMs }) => minMs.toFixed(1)),
    ]),
  ])
}
