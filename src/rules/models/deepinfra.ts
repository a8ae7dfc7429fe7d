import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const deepinfra = defineRules({ provider: 'DeepInfra', link: 'https://deepinfra.com/docs/advanced/auth' }, [
  {
    id: 'deepinfra-api-key',
    title: 'DeepInfra API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['deepinfra', 'deep infra']),
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
