import { defineRules } from '../define.js'

export const crunchy = defineRules(
  { provider: 'Crunchy Bridge', link: 'https://docs.crunchybridge.com/api-concepts/getting-started' },
  [
    {
      id: 'crunchy-bridge-api-key',
      title: 'Crunchy Bridge API key',
      confidence: 'medium',
      definition: { anchors: ['cbkey_'], pattern: 'cbkey_[A-Za-z0-9]{32,64}' },
      examples: ['cbkey_{{base62:46}}'],
      nonExamples: ['cbkey_short'],
    },
  ],
)
