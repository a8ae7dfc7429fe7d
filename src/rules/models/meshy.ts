import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const meshy = defineRules({ provider: 'Meshy', link: 'https://docs.meshy.ai/en/api/authentication' }, [
  {
    id: 'meshy-api-key',
    title: 'Meshy API key',
    definition: { anchors: ['msy_'], pattern: 'msy_[A-Za-z0-9]{36,48}' },
    validate: isDrawn,
    examples: ['msy_{{base62:40}}'],
    nonExamples: ['msy_dummy_api_key_for_test_mode', 'msy_{{hex:40}}'],
  },
])
