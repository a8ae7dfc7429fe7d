import { defineRules } from '../define.js'

export const pusher = defineRules(
  { provider: 'Pusher', link: 'https://pusher.com/docs/channels/library_auth_reference/rest-api/' },
  [
    {
      id: 'pusher-secret',
      title: 'Pusher app secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{20}' },
      context: {
        keys: ['pushersecret', 'pusherappsecret'],
        near: [
          'pusher_secret',
          'pusher_app_secret',
          'pusher secret',
          'pusher app secret',
          'pushersecret',
          'pusherappsecret',
        ],
      },
      examples: ['{{hex:20}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
