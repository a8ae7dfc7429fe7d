import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const tencentHunyuan = defineRules(
  { provider: 'Tencent Hunyuan', link: 'https://cloud.tencent.com/document/product/1729/111008' },
  [
    {
      id: 'tencent-hunyuan-api-key',
      title: 'Hunyuan API key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'sk-[A-Za-z0-9]{48}' },
      context: credentialOf(['hunyuan']),
      examples: ['sk-{{base62:48}}'],
      nonExamples: ['sk-{{hex:12}}'],
    },
  ],
)
