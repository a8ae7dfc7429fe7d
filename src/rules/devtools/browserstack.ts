import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const browserstack = defineRules(
  { provider: 'BrowserStack', link: 'https://www.browserstack.com/docs/automate/api-reference/selenium/introduction' },
  [
    {
      id: 'browserstack-access-key',
      title: 'BrowserStack access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{20}' },
      context: credentialOf(['browserstack']),
      validate: isScattered,
      examples: ['{{base62:20}}'],
      nonExamples: ['{{hex:20}}'],
    },
  ],
)
