import { defineRules } from '../define.js'

export const woocommerce = defineRules(
  { provider: 'WooCommerce', link: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#authentication' },
  [
    {
      id: 'woocommerce-consumer-secret',
      title: 'WooCommerce consumer secret',
      definition: { anchors: ['cs_'], pattern: 'cs_[0-9a-f]{40}' },
      examples: ['cs_{{hex:40}}'],
      nonExamples: ['cs_{{hex:12}}'],
    },
  ],
)
