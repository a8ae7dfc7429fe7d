import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const unstructured = defineRules({ provider: 'Unstructured', link: 'https://docs.unstructured.io/' }, [
  {
    id: 'unstructured-api-key',
    title: 'Unstructured API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{30}' },
    context: {
      keys: ['unstructuredapikey'],
      near: ['unstructured_api_key', 'unstructured api key', 'unstructured-api-key', 'unstructuredapikey'],
    },
    validate: isDrawn,
    examples: ['{{base62:30}}'],
    nonExamples: ['{{hex:30}}'],
  },
])
