import { defineRules } from '../define.js'

export const cashfree = defineRules(
  { provider: 'Cashfree', link: 'https://www.cashfree.com/docs/api-reference/authentication' },
  [
    {
      id: 'cashfree-secret-key',
      title: 'Cashfree secret key',
      severity: 'critical',
      definition: { anchors: ['cfsk_ma_prod_'], pattern: 'cfsk_ma_prod_[0-9a-f]{32}_[0-9a-f]{8}' },
      examples: ['cfsk_ma_prod_{{hex:32}}_{{hex:8}}'],
      nonExamples: ['cfsk_ma_prod_{{hex:12}}'],
    },
    {
      id: 'cashfree-test-key',
      title: 'Cashfree secret key for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['cfsk_ma_test_'], pattern: 'cfsk_ma_test_[0-9a-f]{32}_[0-9a-f]{8}' },
      examples: ['cfsk_ma_test_{{hex:32}}_{{hex:8}}'],
      nonExamples: ['cfsk_ma_test_{{hex:12}}'],
    },
  ],
)
