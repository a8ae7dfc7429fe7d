import { defineRules } from '../define.js'

export const materialize = defineRules(
  {
    provider: 'Materialize',
    link: 'https://materialize.com/docs/manage/users-service-accounts/create-service-accounts/',
  },
  [
    {
      id: 'materialize-app-password',
      title: 'Materialize app password',
      definition: { anchors: ['mzp_'], pattern: 'mzp_[0-9a-f]{64}' },
      examples: ['mzp_{{hex:64}}'],
      nonExamples: ['mzp_{{hex:16}}'],
    },
  ],
)
