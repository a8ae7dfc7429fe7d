import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const predibase = defineRules({ provider: 'Predibase', link: 'https://docs.predibase.com/' }, [
  {
    id: 'predibase-api-token',
    title: 'Predibase API token',
    confidence: 'medium',
    definition: { anchors: ['pb_'], pattern: 'pb_[A-Za-z0-9_-]{22}' },
    validate: isDrawn,
    examples: ['pb_{{base64url:22}}'],
    nonExamples: ['pb_{{hex:22}}', 'pb_protobuf_message_name'],
  },
])
