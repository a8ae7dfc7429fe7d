import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const flagsmith = defineRules(
  { provider: 'Flagsmith', link: 'https://docs.flagsmith.com/integrating-with-flagsmith/sdks/server-side' },
  [
    {
      id: 'flagsmith-server-key',
      title: 'Flagsmith server-side environment key',
      definition: { anchors: ['ser.'], pattern: 'ser\\.[A-Za-z0-9]{22}' },
      validate: isScattered,
      examples: ['ser.{{base62:22}}'],
      nonExamples: ['ser.name'],
    },
  ],
)
