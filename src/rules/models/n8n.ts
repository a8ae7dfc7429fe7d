import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const n8n = defineRules({ provider: 'n8n', link: 'https://docs.n8n.io/api/authentication/' }, [
  {
    id: 'n8n-api-key',
    title: 'n8n API key',
    definition: { anchors: ['n8n_api_'], pattern: 'n8n_api_[0-9a-f]{40,128}' },
    examples: ['n8n_api_{{hex:80}}'],
    nonExamples: ['n8n_api_key'],
  },
  {
    id: 'n8n-encryption-key',
    title: 'n8n encryption key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{32}' },
    context: { keys: ['n8nencryptionkey'], near: ['n8n_encryption_key', 'n8n encryption key', 'n8nencryptionkey'] },
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:30}}'],
  },
])
