import { defineRules } from '../define.js'

export const anthropic = defineRules(
  { provider: 'Anthropic', link: 'https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key' },
  [
    {
      id: 'anthropic-api-key',
      title: 'Anthropic API key',
      severity: 'critical',
      definition: {
        anchors: ['sk-ant-api', 'sk-ant-admin', 'sk-ant-oat', 'sk-ant-ort'],
        pattern: 'sk-ant-(?:api|admin|oat|ort)\\d{2}-[A-Za-z0-9_-]{60,120}',
      },
      examples: [
        'sk-ant-api03-{{base64url:93}}AA',
        'sk-ant-admin01-{{base64url:93}}AA',
        'sk-ant-oat01-{{base64url:93}}AA',
      ],
      nonExamples: ['sk-ant-api03-your-key-here'],
    },
  ],
)
