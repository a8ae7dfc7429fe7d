import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zhipu = defineRules(
  { provider: 'Zhipu AI (Z.ai)', link: 'https://docs.z.ai/api-reference/introduction' },
  [
    {
      id: 'zhipu-api-key',
      title: 'Zhipu or Z.ai API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}\\.[A-Za-z0-9]{16}' },
      context: credentialOf(['zhipu', 'zhipuai', 'zai', 'z ai', 'bigmodel', 'chatglm']),
      examples: ['{{hex:32}}.{{base62:16}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
