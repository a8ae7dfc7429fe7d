import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const circleci = defineRules(
  { provider: 'CircleCI', link: 'https://circleci.com/changelog/new-format-for-api-access-tokens/' },
  [
    {
      id: 'circleci-token',
      title: 'CircleCI personal or project token',
      definition: { anchors: ['CCIPAT_', 'CCIPRJ_'], pattern: 'CCIP(?:AT|RJ)_[A-Za-z0-9]{20,23}_[0-9a-f]{40}' },
      examples: ['CCIPAT_{{base62:22}}_{{hex:40}}', 'CCIPRJ_{{base62:22}}_{{hex:40}}'],
      nonExamples: ['CCIPAT_{{base62:22}}'],
    },
    {
      id: 'circleci-legacy-token',
      title: 'CircleCI token (before 2023)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{40}' },
      context: credentialOf(['circleci', 'circle'], ['circle-token: ']),
      examples: ['{{hex:40}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
