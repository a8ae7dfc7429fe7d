import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const uptimerobot = defineRules({ provider: 'UptimeRobot', link: 'https://uptimerobot.com/api/' }, [
  {
    id: 'uptimerobot-api-key',
    title: 'UptimeRobot API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '(?:ur|u|m)\\d{6,10}-[0-9a-f]{20,32}' },
    context: credentialOf(['uptimerobot', 'uptime robot']),
    examples: ['u{{digits:7}}-{{hex:24}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
