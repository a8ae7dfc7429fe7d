import { defineRules } from '../define.js'

export const make = defineRules(
  { provider: 'Make', link: 'https://developers.make.com/api-documentation/authentication/api-token' },
  [
    {
      id: 'make-api-token',
      title: 'Make API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['makeapitoken', 'makeapikey', 'makecomapikey', 'makecomtoken'],
        near: [
          'make api token',
          'make_api_token',
          'make_api_key',
          'make.com api',
          'make.com token',
          'makeapitoken',
          'makeapikey',
          'makecomapikey',
          'makecomtoken',
        ],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:12}}'],
    },
    {
      id: 'make-mcp-token',
      title: 'Token in the URL of a Make MCP server',
      definition: {
        anchors: ['make.com/mcp/'],
        pattern:
          'make\\.com\\/mcp\\/(?:api\\/v1\\/)?u\\/(?<secret>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})',
      },
      examples: ['https://eu2.make.com/mcp/api/v1/u/<<{{uuid}}>>/sse'],
      nonExamples: ['https://eu2.make.com/mcp/server'],
    },
  ],
)
