import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const minio = defineRules(
  { provider: 'MinIO', link: 'https://min.io/docs/minio/linux/administration/identity-access-management.html' },
  [
    {
      id: 'minio-secret-key',
      title: 'MinIO secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{32,40}' },
      context: {
        keys: ['miniosecret', 'minioaccesskey', 'minioapikey'],
        near: ['minio secret', 'minio_secret_key', 'minio secret key', 'miniosecret', 'minioaccesskey', 'minioapikey'],
      },
      validate: isDrawn,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
