import { defineRules } from '../define.js'

export const paddle = defineRules(
  { provider: 'Paddle', link: 'https://developer.paddle.com/api-reference/about/authentication' },
  [
    {
      id: 'paddle-api-key',
      title: 'Paddle API key',
      severity: 'critical',
      definition: {
        anchors: ['pdl_live_apikey_'],
        pattern: 'pdl_live_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}',
      },
      examples: ['pdl_live_apikey_{{lower36:26}}_{{base62:22}}_{{base62:3}}'],
      nonExamples: ['pdl_live_apikey_{{lower36:26}}'],
    },
    {
      id: 'paddle-sandbox-key',
      title: 'Paddle API key for the sandbox',
      kind: 'test',
      severity: 'medium',
      definition: {
        anchors: ['pdl_sdbx_apikey_', 'pdl_test_apikey_'],
        pattern: 'pdl_(?:sdbx|test)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}',
      },
      examples: ['pdl_sdbx_apikey_{{lower36:26}}_{{base62:22}}_{{base62:3}}'],
      nonExamples: ['pdl_sdbx_apikey_{{lower36:26}}'],
    },
    {
      id: 'paddle-webhook-secret',
      title: 'Paddle notification secret',
      definition: { anchors: ['pdl_ntfset_'], pattern: 'pdl_ntfset_[a-z0-9]{26}_[A-Za-z0-9+/]{32}' },
      examples: ['pdl_ntfset_{{lower36:26}}_{{base64:32}}'],
      nonExamples: ['pdl_ntfset_{{lower36:26}}'],
    },
  ],
)
