import { defineRules } from '../define.js'

export const prefect = defineRules(
  { provider: 'Prefect', link: 'https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys' },
  [
    {
      id: 'prefect-api-key',
      title: 'Prefect API key',
      definition: { anchors: ['pnu_', 'pnb_'], pattern: 'pn[ub]_[A-Za-z0-9]{36}' },
      examples: ['pnu_{{base62:36}}'],
      nonExamples: [],
    },
  ],
)
