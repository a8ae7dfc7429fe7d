import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const dashscope = defineRules(
  { provider: 'Alibaba Model Studio (DashScope)', link: 'https://help.aliyun.com/zh/model-studio/get-api-key' },
  [
    {
      id: 'dashscope-api-key',
      title: 'DashScope API key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'sk-[0-9a-f]{32}' },
      context: credentialOf(['dashscope', 'qwen', 'bailian', 'model studio']),
      examples: ['sk-{{hex:32}}'],
      nonExamples: ['sk-{{hex:12}}'],
    },
  ],
)
