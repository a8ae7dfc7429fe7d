import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const resemble = defineRules({ provider: 'Resemble AI', link: 'https://docs.resemble.ai/' }, [
  {
    id: 'resemble-api-key',
    title: 'Resemble AI API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
    context: credentialOf(['resemble', 'resemble ai']),
    validate: isDrawn,
    examples: ['{{base62:24}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
