import { defineRules } from '../define.js'

export const jfrog = defineRules(
  { provider: 'JFrog', link: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens' },
  [
    {
      id: 'jfrog-api-key',
      title: 'JFrog API key',
      definition: { anchors: ['AKCp'], pattern: 'AKCp[A-Za-z0-9]{69}' },
      examples: ['AKCp{{base62:69}}'],
      nonExamples: ['AKCp{{base62:12}}'],
    },
    {
      id: 'jfrog-reference-token',
      title: 'JFrog reference token',
      definition: { anchors: ['cmVmdGtu'], pattern: 'cmVmdGtuOj[A-Za-z0-9]{50,60}' },
      examples: ['cmVmdGtuOj{{base62:54}}'],
      nonExamples: ['cmVmdGtuOj{{base62:12}}'],
    },
  ],
)
