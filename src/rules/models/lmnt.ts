import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const lmnt = defineRules({ provider: 'LMNT', link: 'https://docs.lmnt.com/getting-started/environment' }, [
  {
    id: 'lmnt-api-key',
    title: 'LMNT API key',
    confidence: 'medium',
    definition: { anchors: ['ak_'], pattern: 'ak_[A-Za-z0-9]{22,32}' },
    context: {
      keys: ['lmntapikey', 'lmntkey'],
      near: ['lmnt_api_key', 'lmnt api key', 'lmnt key', 'lmntapikey', 'lmntkey'],
    },
    validate: isDrawn,
    examples: ['LMNT_API_KEY=<<ak_{{base62:22}}>>'],
    nonExamples: ['ak_{{hex:12}}'],
  },
  {
    id: 'lmnt-legacy-api-key',
    title: 'LMNT API key (before the prefix)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['lmnt']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
