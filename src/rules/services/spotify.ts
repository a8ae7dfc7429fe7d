import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const spotify = defineRules(
  { provider: 'Spotify', link: 'https://developer.spotify.com/documentation/web-api/concepts/apps' },
  [
    {
      id: 'spotify-client-secret',
      title: 'Spotify client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: secretOf(['spotify']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
