import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sauceLabs = defineRules({ provider: 'Sauce Labs', link: 'https://docs.saucelabs.com/dev/api/' }, [
  {
    id: 'sauce-labs-access-key',
    title: 'Sauce Labs access key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['saucelabs', 'sauce labs', 'sauce']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
