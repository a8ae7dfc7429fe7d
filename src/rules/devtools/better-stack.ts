import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const betterStack = defineRules(
  { provider: 'Better Stack', link: 'https://betterstack.com/docs/uptime/api/getting-started-with-uptime-api/' },
  [
    {
      id: 'better-stack-token',
      title: 'Better Stack API or source token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
      context: credentialOf(['betterstack', 'better stack', 'logtail', 'betteruptime', 'better uptime']),
      validate: isScattered,
      examples: ['{{base62:24}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
