import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const sonar = defineRules(
  { provider: 'Sonar', link: 'https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens' },
  [
    {
      id: 'sonar-token',
      title: 'SonarQube user, project or global analysis token',
      definition: { anchors: ['squ_', 'sqp_', 'sqa_'], pattern: 'sq[upa]_[0-9a-f]{40}' },
      examples: ['squ_{{hex:40}}', 'sqp_{{hex:40}}', 'sqa_{{hex:40}}'],
      nonExamples: ['squ_{{hex:12}}'],
    },
    {
      id: 'sonar-cloud-token',
      title: 'SonarQube Cloud scoped token',
      definition: { anchors: ['sqco_'], pattern: 'sqco_[A-Za-z0-9_-]{40,64}' },
      validate: hasDigit,
      examples: ['sqco_{{base64url:59}}'],
      nonExamples: ['sqco_{{base62:8}}'],
    },
    {
      id: 'sonar-legacy-token',
      title: 'SonarQube or SonarCloud token without a prefix',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['sonar', 'sonarqube', 'sonarcloud'], ['sonar.login=', 'sonar.token=']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
