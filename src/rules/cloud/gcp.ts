import { hasDigit, isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const gcp = defineRules(
  { provider: 'Google Cloud', link: 'https://cloud.google.com/storage/docs/authentication/hmackeys' },
  [
    {
      id: 'gcp-hmac-access-id',
      title: 'Cloud Storage HMAC access id',
      kind: 'identifier',
      action: 'report',
      definition: { anchors: ['GOOG1E', 'GOOG4', 'GOOG'], pattern: 'GOOG(?:1E[A-Z0-9]{55}|[A-Z0-9]{20})' },
      validate: hasDigit,
      examples: ['GOOG1E{{upper36:55}}', 'GOOG{{upper36:20}}'],
      nonExamples: ['GOOGLE_APPLICATION_CREDENTIALS'],
    },
    {
      id: 'gcp-hmac-secret',
      title: 'Cloud Storage HMAC secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{40}' },
      context: {
        keys: ['gcshmacsecret', 'gcssecret', 'hmacsecret', 'googhmac'],
        near: [
          'gcs_secret',
          'hmac secret',
          'gcs secret',
          'hmac_secret',
          'gcshmacsecret',
          'gcssecret',
          'hmacsecret',
          'googhmac',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
