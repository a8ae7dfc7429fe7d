import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const pandadoc = defineRules(
  { provider: 'PandaDoc', link: 'https://developers.pandadoc.com/reference/api-key-authentication-process' },
  [
    {
      id: 'pandadoc-api-key',
      title: 'PandaDoc API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['pandadoc']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:34}}'],
    },
  ],
)
