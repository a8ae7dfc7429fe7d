import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const huawei = defineRules(
  { provider: 'Huawei Cloud', link: 'https://support.huaweicloud.com/intl/en-us/iam_faq/iam_01_0618.html' },
  [
    {
      id: 'huawei-secret-access-key',
      title: 'Huawei Cloud secret access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{40}' },
      context: {
        keys: ['huaweisecret', 'huaweicloudsecret', 'hwsecretkey', 'hwcloudsecret', 'huaweisk'],
        near: [
          'huawei secret',
          'huawei_secret',
          'hw_secret_key',
          'huaweicloud secret',
          'huaweisecret',
          'huaweicloudsecret',
          'hwsecretkey',
          'hwcloudsecret',
          'huaweisk',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
