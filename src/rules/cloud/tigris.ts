import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const tigris = defineRules(
  { provider: 'Tigris', link: 'https://www.tigrisdata.com/docs/iam/manage-access-key/' },
  [
    {
      id: 'tigris-secret-access-key',
      title: 'Tigris secret access key',
      definition: { anchors: ['tsec_'], pattern: 'tsec_[A-Za-z0-9+_-]{40,80}' },
      validate: isDrawn,
      examples: ['tsec_{{base64url:57}}'],
      nonExamples: ['tsec_{{hex:20}}'],
    },
  ],
)
