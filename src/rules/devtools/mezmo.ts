import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const mezmo = defineRules({ provider: 'Mezmo', link: 'https://docs.mezmo.com/docs/ingestion-key' }, [
  {
    id: 'mezmo-ingestion-key',
    title: 'Mezmo (LogDNA) ingestion or service key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['mezmo', 'logdna']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{hex:26}}'],
  },
])
