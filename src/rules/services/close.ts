import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const close = defineRules({ provider: 'Close', link: 'https://developer.close.com/topics/authentication/' }, [
  {
    id: 'close-api-key',
    title: 'Close API key',
    definition: { anchors: ['api_'], pattern: 'api_[A-Za-z0-9]{22}\\.[A-Za-z0-9]{22}' },
    validate: isScattered,
    examples: ['api_{{base62:22}}.{{base62:22}}'],
    nonExamples: ['api_{{base62:22}}'],
  },
])
