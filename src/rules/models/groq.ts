import { defineRules } from '../define.js'

export const groq = defineRules({ provider: 'Groq', link: 'https://console.groq.com/docs/quickstart' }, [
  {
    id: 'groq-api-key',
    title: 'Groq API key',
    definition: { anchors: ['gsk_'], pattern: 'gsk_[A-Za-z0-9]{52}' },
    examples: ['gsk_{{base62:52}}'],
    nonExamples: ['gsk_{{base62:20}}'],
  },
])
