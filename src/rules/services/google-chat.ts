import { defineRules } from '../define.js'

export const googleChat = defineRules(
  { provider: 'Google Chat', link: 'https://developers.google.com/workspace/chat/quickstart/webhooks' },
  [
    {
      id: 'google-chat-webhook-url',
      title: 'Google Chat webhook URL',
      definition: {
        anchors: ['https://chat.googleapis.com/v1/spaces/'],
        pattern:
          'https://chat\\.googleapis\\.com/v1/spaces/[A-Za-z0-9_-]{8,16}/messages\\?key=AIza[A-Za-z0-9_-]{35}&token=[A-Za-z0-9_-]{43}(?:%3D)?',
        leftBoundary: 'none',
      },
      examples: [
        'https://chat.googleapis.com/v1/spaces/AAAA{{base62:7}}/messages?key=AIza{{base64url:35}}&token={{base64url:43}}',
      ],
      nonExamples: ['https://chat.googleapis.com/v1/spaces/AAAA{{base62:7}}/messages'],
    },
  ],
)
