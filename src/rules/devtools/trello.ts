import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const trello = defineRules(
  { provider: 'Trello', link: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/' },
  [
    {
      id: 'trello-token',
      title: 'Trello API token',
      definition: { anchors: ['ATTA'], pattern: 'ATTA[0-9a-f]{64}[0-9A-F]{8}' },
      examples: ['ATTA{{hex:64}}{{upper16:8}}'],
      nonExamples: ['ATTA{{hex:32}}'],
    },
    {
      id: 'trello-legacy-credential',
      title: 'Trello API key, secret or token (before 2022)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}|[0-9a-f]{32}' },
      context: credentialOf(['trello']),
      examples: ['{{hex:32}}', '{{hex:64}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
