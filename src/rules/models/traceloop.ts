import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const traceloop = defineRules(
  { provider: 'Traceloop', link: 'https://www.traceloop.com/docs/settings/managing-api-keys' },
  [
    {
      id: 'traceloop-api-key',
      title: 'Traceloop API key',
      definition: { anchors: ['tl_'], pattern: 'tl_[A-Za-z0-9]{32,80}' },
      context: {
        keys: ['traceloopapikey', 'traceloopkey'],
        near: ['traceloop_api_key', 'traceloop api key', 'traceloop', 'traceloopapikey', 'traceloopkey'],
      },
      validate: hasDigit,
      examples: ['TRACELOOP_API_KEY=<<tl_{{base62:64}}>>'],
      nonExamples: ['tl_{{base62:12}}'],
    },
  ],
)
