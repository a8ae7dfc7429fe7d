import { defineRules } from '../define.js'

export const dingtalk = defineRules(
  { provider: 'DingTalk', link: 'https://open.dingtalk.com/document/robots/custom-robot-access' },
  [
    {
      id: 'dingtalk-webhook-token',
      title: 'Access token of a DingTalk robot',
      definition: {
        anchors: ['oapi.dingtalk.com/robot/send?access_token='],
        pattern: 'oapi\\.dingtalk\\.com/robot/send\\?access_token=(?<secret>[0-9a-f]{64})',
        leftBoundary: 'none',
      },
      examples: ['https://oapi.dingtalk.com/robot/send?access_token=<<{{hex:64}}>>'],
      nonExamples: ['https://oapi.dingtalk.com/robot/send?access_token=x'],
    },
    {
      id: 'dingtalk-signing-secret',
      title: 'Signing secret of a DingTalk robot',
      definition: { anchors: ['SEC'], pattern: 'SEC[0-9a-f]{64}' },
      examples: ['SEC{{hex:64}}'],
      nonExamples: ['SEC{{hex:12}}'],
    },
  ],
)
