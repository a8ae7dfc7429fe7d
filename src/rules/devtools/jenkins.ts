import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const jenkins = defineRules(
  {
    provider: 'Jenkins',
    link: 'https://www.jenkins.io/doc/book/system-administration/authenticating-scripted-clients/',
  },
  [
    {
      id: 'jenkins-api-token',
      title: 'Jenkins API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '11[0-9a-f]{32}' },
      context: credentialOf(['jenkins']),
      examples: ['11{{hex:32}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
