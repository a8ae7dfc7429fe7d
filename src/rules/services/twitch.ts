import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const twitch = defineRules({ provider: 'Twitch', link: 'https://dev.twitch.tv/docs/authentication/' }, [
  {
    id: 'twitch-token',
    title: 'Twitch client secret or access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[a-z0-9]{30}' },
    context: credentialOf(['twitch'], ['oauth:']),
    validate: hasDigit,
    examples: ['{{lower36:30}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
