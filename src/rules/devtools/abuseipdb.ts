import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const abuseipdb = defineRules({ provider: 'AbuseIPDB', link: 'https://docs.abuseipdb.com/' }, [
  {
    id: 'abuseipdb-api-key',
    title: 'AbuseIPDB API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{80}' },
    context: credentialOf(['abuseipdb']),
    examples: ['{{hex:80}}'],
    nonExamples: ['{{hex:74}}'],
  },
])
