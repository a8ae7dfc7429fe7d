import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const infracost = defineRules({ provider: 'Infracost', link: 'https://www.infracost.io/docs/' }, [
  {
    id: 'infracost-api-key',
    title: 'Infracost API key',
    definition: { anchors: ['ico-'], pattern: 'ico-[A-Za-z0-9]{32}' },
    validate: isDrawn,
    examples: ['ico-{{base62:32}}'],
    nonExamples: ['ico-{{hex:16}}'],
  },
])
