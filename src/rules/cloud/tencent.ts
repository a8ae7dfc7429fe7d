import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const tencent = defineRules(
  { provider: 'Tencent Cloud', link: 'https://www.tencentcloud.com/document/product/598/32675' },
  [
    {
      id: 'tencent-secret-id',
      title: 'Tencent Cloud secret id',
      kind: 'identifier',
      action: 'report',
      definition: { anchors: ['AKID'], pattern: 'AKID[A-Za-z0-9]{32}' },
      validate: isDrawn,
      examples: ['AKID{{base62:32}}'],
      nonExamples: ['AKIDshort'],
    },
    {
      id: 'tencent-secret-key',
      title: 'Tencent Cloud secret key',
      severity: 'critical',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: {
        keys: ['tencentcloudsecretkey', 'tencentsecretkey', 'qcloudsecretkey', 'tencentcloudsecret'],
        near: [
          'tencentcloud_secret_key',
          'tencent secret key',
          'tencent_secret_key',
          'tencent cloud secret',
          'tencentcloudsecretkey',
          'tencentsecretkey',
          'qcloudsecretkey',
          'tencentcloudsecret',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
