import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const twilio = defineRules({ provider: 'Twilio', link: 'https://www.twilio.com/docs/iam/api-keys' }, [
  {
    id: 'twilio-api-key',
    title: 'Twilio API key SID',
    kind: 'identifier',
    definition: {
      anchors: [
        'SK0',
        'SK1',
        'SK2',
        'SK3',
        'SK4',
        'SK5',
        'SK6',
        'SK7',
        'SK8',
        'SK9',
        'SKa',
        'SKb',
        'SKc',
        'SKd',
        'SKe',
        'SKf',
      ],
      pattern: 'SK[0-9a-f]{32}',
    },
    examples: ['SK{{hex:32}}'],
    nonExamples: ['AC{{hex:32}}'],
  },
  {
    id: 'twilio-auth-token',
    title: 'Twilio auth token or API key secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}|[A-Za-z0-9]{32}' },
    context: {
      keys: ['twilioauthtoken', 'twiliotoken', 'twilioapisecret', 'twiliosecret', 'twilioapikeysecret'],
      near: ['twilio_auth', 'twilio auth', 'twilioauth', 'twilio_api_secret', 'twilio secret', 'twiliotoken'],
    },
    validate: hasDigit,
    examples: ['{{hex:32}}', '{{base62:32}}'],
    nonExamples: ['AC{{hex:32}}'],
  },
])
