import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const lambdatest = defineRules(
  {
    provider: 'LambdaTest',
    link: 'https://www.lambdatest.com/support/docs/using-environment-variables-for-authentication-credentials/',
  },
  [
    {
      id: 'lambdatest-access-key',
      title: 'LambdaTest access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{50}' },
      context: credentialOf(['lambdatest', 'lt access']),
      validate: isScattered,
      examples: ['{{base62:50}}'],
      nonExamples: ['{{hex:50}}'],
    },
  ],
)
