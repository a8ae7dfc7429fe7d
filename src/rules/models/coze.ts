import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const coze = defineRules({ provider: 'Coze', link: 'https://www.coze.com/open/docs/developer_guides/pat' }, [
  {
    id: 'coze-access-token',
    title: 'Coze personal or service access token',
    definition: { anchors: ['pat_', 'sat_'], pattern: '[ps]at_[A-Za-z0-9]{64}' },
    validate: isDrawn,
    examples: ['pat_{{base62:64}}', 'sat_{{base62:64}}'],
    nonExamples: ['pat_{{hex:64}}', 'pat_{{base62:20}}'],
  },
])
