import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const airbrake = defineRules({ provider: 'Airbrake', link: 'https://docs.airbrake.io/docs/devops-tools/api/' }, [
  {
    id: 'airbrake-project-key',
    title: 'Airbrake project or user key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}|[0-9a-f]{40}' },
    context: credentialOf(['airbrake']),
    examples: ['{{hex:32}}', '{{hex:40}}'],
    nonExamples: ['{{hex:24}}'],
  },
])
