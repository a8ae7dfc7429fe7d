import { defineRules } from '../define.js'

export const wecom = defineRules(
  { provider: 'WeCom', link: 'https://developer.work.weixin.qq.com/document/path/91770' },
  [
    {
      id: 'wecom-webhook-url',
      title: 'Webhook URL of a WeCom group robot',
      definition: {
        anchors: ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key='],
        pattern:
          'https://qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
        leftBoundary: 'none',
      },
      examples: ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={{uuid}}'],
      nonExamples: ['https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key='],
    },
  ],
)
