import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const alibaba = defineRules(
  { provider: 'Alibaba Cloud', link: 'https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair' },
  [
    {
      id: 'alibaba-access-key-id',
      title: 'Alibaba Cloud AccessKey id',
      kind: 'identifier',
      action: 'report',
      definition: { anchors: ['LTAI'], pattern: 'LTAI[A-Za-z0-9]{12,22}' },
      validate: isDrawn,
      examples: ['LTAI5t{{base62:18}}'],
      nonExamples: ['LTAIshort'],
    },
    {
      id: 'alibaba-access-key-secret',
      title: 'Alibaba Cloud AccessKey secret',
      severity: 'critical',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{30}' },
      context: {
        keys: [
          'accesskeysecret',
          'aliyunsecret',
          'alibabacloudsecret',
          'alicloudsecret',
          'alibabasecret',
          'ossaccesskeysecret',
        ],
        near: [
          'accesskey secret',
          'access_key_secret',
          'accesskeysecret',
          'aliyun secret',
          'alibaba secret',
          'aliyunsecret',
          'alibabacloudsecret',
          'alicloudsecret',
          'alibabasecret',
          'ossaccesskeysecret',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:30}}'],
      nonExamples: ['{{hex:30}}'],
    },
  ],
)
