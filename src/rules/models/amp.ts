import { defineRules } from '../define.js'

export const amp = defineRules({ provider: 'Amp', link: 'https://ampcode.com/manual' }, [
  {
    id: 'amp-access-token',
    title: 'Amp access token',
    confidence: 'medium',
    definition: { anchors: ['sgamp_'], pattern: 'sgamp_[a-z]{4,12}_[A-Za-z0-9_]{40,140}' },
    examples: ['sgamp_user_{{base62:26}}_{{hex:64}}'],
    nonExamples: ['sgamp_user_name'],
  },
])
