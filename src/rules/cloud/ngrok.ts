import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ngrok = defineRules({ provider: 'ngrok', link: 'https://ngrok.com/docs/api/' }, [
  {
    id: 'ngrok-token',
    title: 'ngrok authtoken or API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9][A-Za-z0-9]{26}_[A-Za-z0-9]{20,21}' },
    context: credentialOf(['ngrok'], ['add-authtoken', 'ngrok_authtoken']),
    examples: ['2{{base62:26}}_{{base62:21}}'],
    nonExamples: ['{{base62:27}}'],
  },
])
