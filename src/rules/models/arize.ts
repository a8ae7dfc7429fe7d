import { defineRules } from '../define.js'

export const arize = defineRules({ provider: 'Arize', link: 'https://arize.com/docs/ax' }, [
  {
    id: 'arize-api-key',
    title: 'Arize API key',
    confidence: 'medium',
    definition: {
      anchors: ['ak-'],
      pattern: 'ak-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-[A-Za-z0-9_-]{20,64}',
    },
    examples: ['ak-{{uuid}}-{{base64url:32}}'],
    nonExamples: ['ak-{{uuid}}'],
  },
  {
    id: 'arize-space-api-key',
    title: 'Arize API key of a space',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{20,40}' },
    context: {
      keys: ['arizeapikey', 'arizespacekey'],
      near: ['arize_api_key', 'arize api key', 'arize_space_key', 'arizeapikey', 'arizespacekey'],
    },
    examples: ['{{hex:20}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
