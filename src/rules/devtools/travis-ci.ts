import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const travisCi = defineRules({ provider: 'Travis CI', link: 'https://developer.travis-ci.com/authentication' }, [
  {
    id: 'travis-ci-token',
    title: 'Travis CI token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{22}' },
    context: credentialOf(['travis']),
    validate: isScattered,
    examples: ['{{base64url:22}}'],
    nonExamples: ['{{hex:22}}'],
  },
])
