import { defineRules } from '../define.js'

export const zerion = defineRules(
  { provider: 'Zerion', link: 'https://developers.zerion.io/reference/authentication' },
  [
    {
      id: 'zerion-api-key',
      title: 'Zerion API key',
      definition: { anchors: ['zk_dev_', 'zk_prod_'], pattern: 'zk_(?:dev|prod)_[0-9a-f]{32}' },
      examples: ['zk_dev_{{hex:32}}', 'zk_prod_{{hex:32}}'],
      nonExamples: ['zk_dev_{{hex:8}}'],
    },
  ],
)
