import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const yandex = defineRules(
  { provider: 'Yandex Cloud', link: 'https://yandex.cloud/en/docs/iam/concepts/authorization/api-key' },
  [
    {
      id: 'yandex-api-key',
      title: 'Yandex Cloud API key',
      definition: { anchors: ['AQVN'], pattern: 'AQVN[A-Za-z0-9_-]{35,38}' },
      examples: ['AQVN{{base64url:36}}'],
      nonExamples: ['AQVN{{hex:12}}'],
    },
    {
      id: 'yandex-iam-token',
      title: 'Yandex Cloud IAM token',
      definition: { anchors: ['t1.'], pattern: 't1\\.[A-Za-z0-9_-]{16,400}={0,2}\\.[A-Za-z0-9_-]{86}={0,2}' },
      examples: ['t1.9{{base64url:67}}.{{base64url:86}}=='],
      nonExamples: ['t1.micro'],
    },
    {
      id: 'yandex-oauth-token',
      title: 'Yandex OAuth token',
      definition: { anchors: ['y0_', 'y1_', 'y2_', 'y3_'], pattern: 'y[0-3]_[A-Za-z0-9_-]{55,58}' },
      validate: isDrawn,
      examples: ['y0_{{base64url:55}}'],
      nonExamples: ['y0_{{hex:55}}'],
    },
    {
      id: 'yandex-secret-access-key',
      title: 'Yandex Cloud static secret key',
      confidence: 'high',
      definition: { anchors: [], pattern: 'YC[A-Za-z0-9_-]{38}' },
      context: {
        keys: ['yandexsecret', 'yandexcloudsecret', 'ycsecretkey', 'yandexstorage'],
        near: [
          'yandex secret',
          'yandex_secret_key',
          'yc_secret_key',
          'yandex cloud secret',
          'yandexsecret',
          'yandexcloudsecret',
          'ycsecretkey',
          'yandexstorage',
        ],
      },
      examples: ['YC{{base64url:38}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
