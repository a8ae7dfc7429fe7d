import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const storyblok = defineRules({ provider: 'Storyblok', link: 'https://www.storyblok.com/docs/api/management' }, [
  {
    id: 'storyblok-token',
    title: 'Storyblok access or management token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{22}tt|[A-Za-z0-9]{20,24}(?:-\\d{1,8}-[A-Za-z0-9_-]{16,24})?' },
    context: credentialOf(['storyblok']),
    validate: isScattered,
    examples: ['{{base62:22}}tt', '{{base62:24}}-{{digits:6}}-{{base62:20}}'],
    nonExamples: ['{{hex:22}}'],
  },
])
