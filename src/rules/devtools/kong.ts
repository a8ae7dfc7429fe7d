import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const kong = defineRules({ provider: 'Kong Konnect', link: 'https://developer.konghq.com/konnect-api/' }, [
  {
    id: 'kong-access-token',
    title: 'Kong Konnect personal or system account token',
    definition: { anchors: ['kpat_', 'spat_'], pattern: '[ks]pat_[A-Za-z0-9]{40,64}' },
    validate: hasDigit,
    examples: ['kpat_{{base62:50}}', 'spat_{{base62:50}}'],
    nonExamples: ['kpat_{{base62:8}}'],
  },
])
