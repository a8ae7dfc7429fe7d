import { defineRules } from '../define.js'

export const amazonLwa = defineRules(
  {
    provider: 'Login with Amazon',
    link: 'https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api',
  },
  [
    {
      id: 'amazon-lwa-client-secret',
      title: 'Login with Amazon client secret',
      definition: { anchors: ['amzn1.oa2-cs.v1.'], pattern: 'amzn1\\.oa2-cs\\.v1\\.[0-9a-f]{64}' },
      examples: ['amzn1.oa2-cs.v1.{{hex:64}}'],
      nonExamples: ['amzn1.application-oa2-client.{{hex:32}}'],
    },
    {
      id: 'amazon-lwa-token',
      title: 'Login with Amazon access or refresh token',
      definition: { anchors: ['Atza|', 'Atzr|'], pattern: 'Atz[ar]\\|[A-Za-z0-9_-]{80,2000}', maxLength: 2100 },
      examples: ['Atzr|{{base64url:300}}'],
      nonExamples: ['Atzr|{{base62:12}}'],
    },
  ],
)
