import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const lark = defineRules(
  { provider: 'Lark', link: 'https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot' },
  [
    {
      id: 'lark-webhook-url',
      title: 'Webhook URL of a Lark or Feishu bot',
      definition: {
        anchors: ['https://open.feishu.cn/open-apis/bot/', 'https://open.larksuite.com/open-apis/bot/'],
        pattern:
          'https://open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/(?:v2/)?hook/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
        leftBoundary: 'none',
      },
      examples: [
        'https://open.feishu.cn/open-apis/bot/v2/hook/{{uuid}}',
        'https://open.larksuite.com/open-apis/bot/v2/hook/{{uuid}}',
      ],
      nonExamples: ['https://open.feishu.cn/open-apis/bot/v2/hook/'],
    },
    {
      id: 'lark-app-secret',
      title: 'Lark or Feishu app secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: secretOf(['lark', 'feishu']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
