import { defineRules } from '../define.js'

export const courier = defineRules(
  { provider: 'Courier', link: 'https://www.courier.com/docs/reference/get-started/' },
  [
    {
      id: 'courier-auth-token',
      title: 'Courier workspace API key',
      definition: { anchors: ['pk_prod_'], pattern: 'pk_prod_[A-Z0-9]{28}' },
      examples: ['pk_prod_{{upper36:28}}'],
      nonExamples: ['pk_prod_{{upper36:8}}'],
    },
    {
      id: 'courier-test-token',
      title: 'Courier workspace API key for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['pk_test_'], pattern: 'pk_test_[A-Z0-9]{28}' },
      examples: ['pk_test_{{upper36:28}}'],
      nonExamples: ['pk_test_{{base62:24}}'],
    },
  ],
)
