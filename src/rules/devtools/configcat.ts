import { defineRules } from '../define.js'

export const configcat = defineRules(
  { provider: 'ConfigCat', link: 'https://configcat.com/docs/sdk-reference/overview/' },
  [
    {
      id: 'configcat-sdk-key',
      title: 'ConfigCat SDK or proxy key',
      severity: 'medium',
      definition: {
        anchors: ['configcat-sdk-1/', 'configcat-proxy/'],
        pattern: 'configcat-(?:sdk-1/(?:test-)?|proxy/)[A-Za-z0-9_-]{22,64}(?:/[A-Za-z0-9_-]{22})?',
      },
      examples: ['configcat-sdk-1/{{base64url:22}}/{{base64url:22}}'],
      nonExamples: ['configcat-sdk-1/{{base62:4}}'],
    },
  ],
)
