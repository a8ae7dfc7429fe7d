import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const hex = defineRules({ provider: 'Hex', link: 'https://learn.hex.tech/docs/api-integrations/api/overview' }, [
  {
    id: 'hex-token',
    title: 'Hex workspace or personal token',
    definition: { anchors: ['hxtp_', 'hxtw_'], pattern: 'hxt[pw]_[A-Za-z0-9]{60,200}' },
    validate: hasDigit,
    examples: ['hxtp_{{base62:96}}', 'hxtw_{{base62:96}}'],
    nonExamples: ['hxtp_{{base62:8}}'],
  },
])
