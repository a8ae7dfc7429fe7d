import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pagerduty = defineRules(
  { provider: 'PagerDuty', link: 'https://developer.pagerduty.com/docs/authentication' },
  [
    {
      id: 'pagerduty-api-key',
      title: 'PagerDuty REST API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:u\\+)?[A-Za-z0-9_-]{18,20}' },
      context: credentialOf(['pagerduty', 'pager duty'], ['token token=']),
      validate: isScattered,
      examples: ['{{base62:20}}'],
      nonExamples: ['{{hex:20}}'],
    },
    {
      id: 'pagerduty-integration-key',
      title: 'PagerDuty Events API routing key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-z]{32}' },
      context: credentialOf(['pagerduty integration', 'pagerduty routing', 'pd routing']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:20}}'],
    },
  ],
)
