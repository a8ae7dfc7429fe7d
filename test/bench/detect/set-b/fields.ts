import type { Planting } from '../planting.js'

export const FIELDS: readonly Planting[] = [
  { context: 'own field', key: (n) => n.camel, text: (s) => s, named: true },
  { context: 'own field', key: (n) => n.upper, text: (s) => s, named: true },
  { context: 'own field', key: (n) => `x-${n.kebab}`, text: (s) => s, named: true },
  { context: 'neutral field', text: (s) => s },
  { context: 'neutral field', text: (s) => ` ${s}\n` },
]
