import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const upstash = defineRules({ provider: 'Upstash', link: 'https://upstash.com/docs/redis/features/restapi' }, [
  {
    id: 'upstash-rest-token',
    title: 'Upstash REST token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{36,200}={0,2}' },
    context: credentialOf(['upstash', 'upstash redis rest', 'upstash vector rest', 'qstash']),
    validate: isDrawn,
    examples: ['A{{base62:55}}', '{{base62:60}}=='],
    nonExamples: ['{{uuid}}'],
  },
  {
    id: 'upstash-qstash-signing-key',
    title: 'QStash signing key',
    confidence: 'medium',
    definition: { anchors: ['sig_'], pattern: 'sig_[A-Za-z0-9]{26,32}' },
    validate: isDrawn,
    examples: ['sig_{{base62:28}}'],
    nonExamples: ['sig_{{hex:28}}', 'sig_{{base62:12}}'],
  },
])
