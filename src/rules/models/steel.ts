import { defineRules } from '../define.js'

export const steel = defineRules({ provider: 'Steel', link: 'https://docs.steel.dev/overview/authentication' }, [
  {
    id: 'steel-api-key',
    title: 'Steel API key',
    confidence: 'medium',
    definition: { anchors: ['ste-'], pattern: 'ste-[A-Za-z0-9]{80,160}' },
    examples: ['ste-{{base62:113}}'],
    nonExamples: ['ste-short'],
  },
])
