import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const postmark = defineRules({ provider: 'Postmark', link: 'https://postmarkapp.com/developer/api/overview' }, [
  {
    id: 'postmark-server-token',
    title: 'Postmark server or account token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['postmark'], ['x-postmark-server-token: ', 'x-postmark-account-token: ']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
