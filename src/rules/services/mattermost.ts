import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const mattermost = defineRules(
  { provider: 'Mattermost', link: 'https://developers.mattermost.com/integrate/reference/personal-access-token/' },
  [
    {
      id: 'mattermost-access-token',
      title: 'Mattermost personal or bot access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[a-z0-9]{26}' },
      context: credentialOf(['mattermost']),
      validate: hasDigit,
      examples: ['{{lower36:26}}'],
      nonExamples: ['{{hex:20}}'],
    },
  ],
)
