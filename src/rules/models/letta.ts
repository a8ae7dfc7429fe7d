import { defineRules } from '../define.js'

export const letta = defineRules({ provider: 'Letta', link: 'https://docs.letta.com/' }, [
  {
    id: 'letta-api-key',
    title: 'Letta API key',
    definition: { anchors: ['sk-let-'], pattern: 'sk-let-[A-Za-z0-9+/_-]{40,200}={0,2}' },
    examples: ['sk-let-{{base62:96}}=='],
    nonExamples: ['sk-let-it-go'],
  },
])
