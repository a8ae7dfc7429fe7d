import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const backblaze = defineRules(
  { provider: 'Backblaze', link: 'https://www.backblaze.com/docs/cloud-storage-application-keys' },
  [
    {
      id: 'backblaze-application-key',
      title: 'Backblaze B2 application key',
      definition: { anchors: ['K00'], pattern: 'K00[0-9][A-Za-z0-9+/]{27}' },
      validate: isDrawn,
      examples: ['K005{{base62:27}}'],
      nonExamples: ['K005{{digits:27}}'],
    },
  ],
)
