import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const siliconflow = defineRules(
  { provider: 'SiliconFlow', link: 'https://docs.siliconflow.com/en/api-reference/chat-completions/chat-completions' },
  [
    {
      id: 'siliconflow-api-key',
      title: 'SiliconFlow API key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'sk-[a-z0-9]{48}' },
      context: credentialOf(['siliconflow']),
      examples: ['sk-{{lower36:48}}'],
      nonExamples: ['sk-{{hex:12}}'],
    },
  ],
)
