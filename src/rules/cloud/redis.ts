import { defineRules } from '../define.js'

export const redis = defineRules(
  { provider: 'Redis Cloud', link: 'https://redis.io/docs/latest/operate/rc/api/get-started/enable-the-api/' },
  [
    {
      id: 'redis-cloud-api-key',
      title: 'Redis Cloud account or user key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[AS][a-z0-9]{40,60}' },
      context: {
        keys: ['rediscloudapikey', 'rediscloudaccesskey', 'rediscloudsecretkey', 'rediscloudkey'],
        near: [
          'redis cloud api key',
          'rediscloud_secret_key',
          'rediscloud_access_key',
          'redis cloud key',
          'rediscloudapikey',
          'rediscloudaccesskey',
          'rediscloudsecretkey',
          'rediscloudkey',
        ],
      },
      examples: ['A{{lower36:50}}'],
      nonExamples: ['{{hex:50}}'],
    },
  ],
)
