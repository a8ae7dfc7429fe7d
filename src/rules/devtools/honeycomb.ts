import { hasDigit } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const honeycomb = defineRules({ provider: 'Honeycomb', link: 'https://docs.honeycomb.io/api/authentication' }, [
  {
    id: 'honeycomb-ingest-key',
    title: 'Honeycomb ingest key',
    definition: { anchors: ['ik_'], pattern: 'hc[a-z]ik_[a-z0-9]{58}', before: 3 },
    examples: ['hcaik_{{lower36:58}}'],
    nonExamples: ['hcaik_{{lower36:26}}'],
  },
  {
    id: 'honeycomb-management-key',
    title: 'Honeycomb management key: its id and its secret',
    definition: { anchors: ['mk_'], pattern: 'hc[a-z]mk_[a-z0-9]{26}:[A-Za-z0-9]{32}', before: 3 },
    examples: ['hcxmk_{{lower36:26}}:{{base62:32}}'],
    nonExamples: ['hcxmk_{{lower36:26}}'],
  },
  {
    id: 'honeycomb-api-key',
    title: 'Honeycomb configuration key or management secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{22}|[A-Za-z0-9]{32}' },
    context: secretOf(['honeycomb'], ['x-honeycomb-team: ']),
    validate: hasDigit,
    examples: ['{{base62:22}}', '{{base62:32}}'],
    nonExamples: ['{{base62:18}}'],
  },
])
