import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const semgrep = defineRules(
  { provider: 'Semgrep', link: 'https://semgrep.dev/docs/semgrep-ci/sample-ci-configs' },
  [
    {
      id: 'semgrep-app-token',
      title: 'Semgrep app token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['semgrep']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:58}}'],
    },
  ],
)
