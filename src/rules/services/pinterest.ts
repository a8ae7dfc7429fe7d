import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const pinterest = defineRules(
  {
    provider: 'Pinterest',
    link: 'https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/',
  },
  [
    {
      id: 'pinterest-token',
      title: 'Pinterest access or refresh token',
      definition: {
        anchors: ['pina_', 'pinr.'],
        pattern: 'pin(?:a_|r\\.)[A-Za-z0-9_-]{30,600}(?:\\.[A-Za-z0-9_-]{20,600})?(?:\\.[A-Za-z0-9_-]{20,600})?',
        maxLength: 1900,
      },
      validate: hasDigit,
      examples: ['pina_{{base62:120}}', 'pinr.{{base64url:200}}'],
      nonExamples: ['pina_{{base62:8}}'],
    },
  ],
)
