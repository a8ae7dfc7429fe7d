import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const kling = defineRules({ provider: 'Kling', link: 'https://app.klingai.com/global/dev/document-api' }, [
  {
    id: 'kling-access-key',
    title: 'Kling access or secret key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['kling', 'klingai', 'kling ai']),
    validate: isDrawn,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
