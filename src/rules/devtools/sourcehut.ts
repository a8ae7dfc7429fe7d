import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sourcehut = defineRules({ provider: 'SourceHut', link: 'https://man.sr.ht/meta.sr.ht/oauth.md' }, [
  {
    id: 'sourcehut-access-token',
    title: 'SourceHut personal access token',
    confidence: 'medium',
    definition: { anchors: [], pattern: 'A[A-Za-z0-9+/]{55,90}' },
    context: credentialOf(['sourcehut', 'sr.ht', 'srht']),
    validate: isScattered,
    examples: ['A{{base62:70}}'],
    nonExamples: ['{{hex:70}}'],
  },
])
