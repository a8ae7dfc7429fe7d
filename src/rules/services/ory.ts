import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const ory = defineRules({ provider: 'Ory', link: 'https://www.ory.sh/docs/concepts/personal-access-token' }, [
  {
    id: 'ory-token',
    title: 'Ory access, refresh or personal token',
    definition: {
      anchors: ['ory_at_', 'ory_rt_', 'ory_ac_', 'ory_pat_', 'ory_st_'],
      pattern: 'ory_(?:at|rt|ac|pat|st)_[A-Za-z0-9_-]{32,64}(?:\\.[A-Za-z0-9_-]{43})?',
    },
    validate: hasDigit,
    examples: ['ory_at_{{base64url:43}}.{{base64url:43}}', 'ory_pat_{{base62:32}}'],
    nonExamples: ['ory_at_{{base62:8}}'],
  },
])
