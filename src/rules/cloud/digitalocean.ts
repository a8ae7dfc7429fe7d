import { defineRules } from '../define.js'

export const digitalocean = defineRules(
  { provider: 'DigitalOcean', link: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/' },
  [
    {
      id: 'digitalocean-token',
      title: 'DigitalOcean token',
      definition: { anchors: ['dop_v1_', 'doo_v1_', 'dor_v1_'], pattern: 'do[opr]_v1_[0-9a-f]{64}' },
      examples: ['dop_v1_{{hex:64}}', 'doo_v1_{{hex:64}}'],
      nonExamples: [],
    },
  ],
)
