import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const webex = defineRules({ provider: 'Webex', link: 'https://developer.webex.com/messaging/docs/bots' }, [
  {
    id: 'webex-access-token',
    title: 'Webex bot or access token',
    confidence: 'medium',
    definition: {
      anchors: [],
      pattern: '[A-Za-z0-9_-]{64}_[A-Z0-9]{4}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    },
    context: credentialOf(['webex']),
    examples: ['{{base62:64}}_{{upper36:4}}_{{uuid}}'],
    nonExamples: ['{{base62:64}}'],
  },
])
