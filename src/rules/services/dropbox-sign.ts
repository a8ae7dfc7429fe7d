import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const dropboxSign = defineRules(
  { provider: 'Dropbox Sign', link: 'https://developers.hellosign.com/api/reference/authentication/' },
  [
    {
      id: 'dropbox-sign-api-key',
      title: 'Dropbox Sign API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['dropboxsign', 'dropbox sign', 'hellosign']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
