import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const zilliz = defineRules(
  { provider: 'Zilliz Cloud (Milvus)', link: 'https://docs.zilliz.com/docs/manage-api-keys' },
  [
    {
      id: 'zilliz-api-key',
      title: 'Zilliz Cloud API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{72,128}' },
      context: credentialOf(['zilliz', 'zilliz cloud', 'milvus']),
      examples: ['{{hex:112}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
