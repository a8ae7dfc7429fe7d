import { defineRules } from '../define.js'

export const circleci = defineRules({ provider: 'CircleCI', link: 'https://circleci.com/docs/managing-api-tokens/' }, [
  {
    id: 'circleci-token',
    title: 'CircleCI token',
    definition: { anchors: ['CCIPAT_', 'CCIPRJ_'], pattern: 'CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}' },
    examples: ['CCIPAT_{{base62:22}}_{{hex:40}}'],
    nonExamples: [],
  },
])
