import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const codesandbox = defineRules({ provider: 'CodeSandbox', link: 'https://codesandbox.io/docs/sdk' }, [
  {
    id: 'codesandbox-api-token',
    title: 'CodeSandbox API token',
    definition: { anchors: ['csb_v1_'], pattern: 'csb_v1_[A-Za-z0-9_-]{36,64}' },
    validate: hasDigit,
    examples: ['csb_v1_{{base64url:43}}'],
    nonExamples: ['csb_v1_{{base62:8}}'],
  },
])
