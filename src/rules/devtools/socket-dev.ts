import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const socketDev = defineRules({ provider: 'Socket', link: 'https://docs.socket.dev/docs/api-keys' }, [
  {
    id: 'socket-dev-api-token',
    title: 'Socket API token',
    definition: { anchors: ['sktsec_'], pattern: 'sktsec_[A-Za-z0-9_-]{40,64}(?:_api)?' },
    validate: hasDigit,
    examples: ['sktsec_{{base62:44}}_api'],
    nonExamples: ['sktsec_{{base62:8}}'],
  },
])
