import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sonatype = defineRules(
  { provider: 'Sonatype', link: 'https://central.sonatype.org/publish/generate-portal-token/' },
  [
    {
      id: 'sonatype-token',
      title: 'Maven Central or OSSRH user token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{44}|[A-Za-z0-9]{30,43}' },
      context: credentialOf(['sonatype', 'ossrh', 'mavencentral', 'maven central']),
      validate: isScattered,
      examples: ['{{base62:44}}', '{{base62:33}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
