import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const triggerDev = defineRules({ provider: 'Trigger.dev', link: 'https://trigger.dev/docs/apikeys' }, [
  {
    id: 'trigger-dev-secret-key',
    title: 'Trigger.dev secret key or personal access token',
    definition: {
      anchors: ['tr_dev_', 'tr_prod_', 'tr_stg_', 'tr_preview_', 'tr_pat_'],
      pattern: 'tr_(?:dev|prod|stg|preview|pat)_[A-Za-z0-9]{20,48}',
    },
    validate: hasDigit,
    examples: ['tr_prod_{{base62:20}}', 'tr_dev_{{base62:24}}', 'tr_pat_{{base62:40}}'],
    nonExamples: ['tr_dev_{{base62:4}}'],
  },
])
