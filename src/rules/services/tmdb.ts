import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const tmdb = defineRules(
  { provider: 'TMDB', link: 'https://developer.themoviedb.org/docs/authentication-application' },
  [
    {
      id: 'tmdb-api-key',
      title: 'TMDB API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['tmdb', 'themoviedb']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:26}}'],
    },
  ],
)
