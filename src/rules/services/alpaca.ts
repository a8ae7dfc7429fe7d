import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const alpaca = defineRules({ provider: 'Alpaca', link: 'https://docs.alpaca.markets/docs/authentication-1' }, [
  {
    id: 'alpaca-secret-key',
    title: 'Alpaca secret key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{40,44}' },
    context: secretOf(['alpaca', 'apca'], ['apca-api-secret-key: ']),
    validate: isScattered,
    examples: ['{{base62:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
