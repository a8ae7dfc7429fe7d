import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const canva = defineRules({ provider: 'Canva', link: 'https://www.canva.dev/docs/connect/authentication/' }, [
  {
    id: 'canva-client-secret',
    title: 'Canva Connect client secret',
    definition: { anchors: ['cnvca'], pattern: 'cnvca[A-Za-z0-9_-]{48,60}' },
    validate: hasDigit,
    examples: ['cnvca{{base64url:51}}'],
    nonExamples: ['cnvca{{base62:8}}'],
  },
])
