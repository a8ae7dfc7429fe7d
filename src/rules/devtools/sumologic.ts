import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sumologic = defineRules(
  { provider: 'Sumo Logic', link: 'https://help.sumologic.com/docs/manage/security/access-keys/' },
  [
    {
      id: 'sumologic-access-key',
      title: 'Sumo Logic access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: credentialOf(['sumologic', 'sumo logic', 'sumo']),
      validate: isScattered,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
