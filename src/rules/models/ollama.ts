import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ollama = defineRules({ provider: 'Ollama', link: 'https://docs.ollama.com/cloud' }, [
  {
    id: 'ollama-api-key',
    title: 'Ollama API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}\\.[A-Za-z0-9_-]{24}' },
    context: credentialOf(['ollama']),
    examples: ['{{hex:32}}.{{base64url:24}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
