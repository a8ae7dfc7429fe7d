import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const statsig = defineRules(
  { provider: 'Statsig', link: 'https://docs.statsig.com/api-reference/keys/create-key' },
  [
    {
      id: 'statsig-secret-key',
      title: 'Statsig server secret or console API key',
      definition: { anchors: ['secret-', 'console-'], pattern: '(?:secret|console)-[A-Za-z0-9]{36,64}' },
      validate: isScattered,
      examples: ['secret-{{base62:43}}', 'console-{{base62:43}}'],
      nonExamples: ['client-{{base62:43}}'],
    },
  ],
)
