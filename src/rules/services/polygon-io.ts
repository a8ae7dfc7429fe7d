import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const polygonIo = defineRules({ provider: 'Polygon.io', link: 'https://polygon.io/docs/rest/quickstart' }, [
  {
    id: 'polygon-io-api-key',
    title: 'Polygon.io API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_]{32}' },
    context: credentialOf(['polygonio', 'polygon.io', 'polygon io', 'polygon']),
    validate: isScattered,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
