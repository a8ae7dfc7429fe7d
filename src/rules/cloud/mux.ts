import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const mux = defineRules({ provider: 'Mux', link: 'https://www.mux.com/docs/core/make-api-requests' }, [
  {
    id: 'mux-token-secret',
    title: 'Mux access token secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{75}' },
    context: {
      keys: ['muxtokensecret', 'muxsecret'],
      near: ['mux_token_secret', 'mux token secret', 'mux secret', 'muxtokensecret', 'muxsecret'],
    },
    validate: isDrawn,
    examples: ['{{base62:75}}'],
    nonExamples: ['{{hex:64}}'],
  },
])
