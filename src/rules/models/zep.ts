import { defineRules } from '../define.js'

export const zep = defineRules({ provider: 'Zep', link: 'https://help.getzep.com/quickstart' }, [
  {
    id: 'zep-api-key',
    title: 'Zep API key',
    definition: { anchors: ['z_1dWlk'], pattern: 'z_1dWlk[A-Za-z0-9_-]{40,200}\\.[A-Za-z0-9_-]{43,120}' },
    examples: ['z_1dWlk{{base62:60}}.{{base64url:86}}'],
    nonExamples: ['z_1dWlkshort'],
  },
])
