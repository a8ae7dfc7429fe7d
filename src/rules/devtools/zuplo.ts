import { hasSeparateHexCrc32 } from '../checks.js'
import { defineRules } from '../define.js'

export const zuplo = defineRules(
  { provider: 'Zuplo', link: 'https://zuplo.com/docs/articles/api-key-best-practices' },
  [
    {
      id: 'zuplo-api-key',
      title: 'Zuplo consumer API key',
      definition: { anchors: ['zpka_'], pattern: 'zpka_[0-9a-z]{32}_[0-9a-f]{8}' },
      validate: hasSeparateHexCrc32,
      examples: ['{{token:zuplo}}', 'zpka_{{hex:32}}_{{hex:8}}'],
      nonExamples: ['zpka_{{hex:12}}'],
    },
  ],
)
