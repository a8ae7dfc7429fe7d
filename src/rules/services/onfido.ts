import { defineRules } from '../define.js'

export const onfido = defineRules(
  { provider: 'Onfido', link: 'https://developers.onfido.com/guide/get-started-integrating/' },
  [
    {
      id: 'onfido-api-token',
      title: 'Onfido API token',
      definition: {
        anchors: ['api_live'],
        pattern: 'api_live(?:_(?:us|ca|eu))?\\.[A-Za-z0-9_-]{8,16}\\.[A-Za-z0-9_-]{24,64}',
      },
      examples: ['api_live.{{base64url:11}}.{{base64url:32}}', 'api_live_us.{{base64url:11}}.{{base64url:32}}'],
      nonExamples: ['api_live.{{base62:11}}'],
    },
    {
      id: 'onfido-sandbox-token',
      title: 'Onfido API token for the sandbox',
      kind: 'test',
      severity: 'medium',
      definition: {
        anchors: ['api_sandbox'],
        pattern: 'api_sandbox(?:_(?:us|ca|eu))?\\.[A-Za-z0-9_-]{8,16}\\.[A-Za-z0-9_-]{24,64}',
      },
      examples: ['api_sandbox.{{base64url:11}}.{{base64url:32}}'],
      nonExamples: ['api_sandbox.{{base62:11}}'],
    },
  ],
)
