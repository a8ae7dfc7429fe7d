import { defineRules } from '../define.js'

export const zapier = defineRules(
  { provider: 'Zapier', link: 'https://help.zapier.com/hc/en-us/articles/8496288690317-Trigger-Zaps-from-webhooks' },
  [
    {
      id: 'zapier-webhook-url',
      title: 'Zapier webhook URL',
      definition: {
        anchors: ['https://hooks.zapier.com/hooks/'],
        pattern: 'https://hooks\\.zapier\\.com/hooks/(?:catch|standard)/\\d{4,10}/[A-Za-z0-9]{5,32}/?',
        leftBoundary: 'none',
      },
      examples: [
        'https://hooks.zapier.com/hooks/catch/{{digits:7}}/{{lower36:7}}',
        'https://hooks.zapier.com/hooks/catch/{{digits:7}}/{{lower36:7}}/',
      ],
      nonExamples: ['https://hooks.zapier.com/hooks/catch/'],
    },
    {
      id: 'zapier-mcp-url',
      title: 'Zapier MCP server URL',
      definition: {
        anchors: ['https://mcp.zapier.com/api/mcp/'],
        pattern: 'https://mcp\\.zapier\\.com/api/mcp/[a-z]/[A-Za-z0-9_=-]{32,200}',
        leftBoundary: 'none',
      },
      examples: ['https://mcp.zapier.com/api/mcp/s/{{base64url:112}}'],
      nonExamples: ['https://mcp.zapier.com/api/mcp/s/'],
    },
  ],
)
