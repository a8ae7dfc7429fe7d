import { defineRules } from '../define.js'

export const stripe = defineRules({ provider: 'Stripe', link: 'https://docs.stripe.com/keys' }, [
  {
    id: 'stripe-secret-key',
    title: 'Stripe secret or restricted key',
    severity: 'critical',
    definition: { anchors: ['sk_live_', 'rk_live_'], pattern: '[rs]k_live_[A-Za-z0-9]{20,250}' },
    examples: ['sk_live_{{base62:99}}', 'rk_live_{{base62:24}}'],
    nonExamples: ['pk_live_{{base62:24}}', 'cus_{{base62:14}}', 'pi_{{base62:24}}'],
  },
  {
    id: 'stripe-test-key',
    title: 'Stripe key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['sk_test_', 'rk_test_'], pattern: '[rs]k_test_[A-Za-z0-9]{20,250}' },
    examples: ['sk_test_{{base62:99}}'],
    nonExamples: [],
  },
  {
    id: 'stripe-webhook-secret',
    title: 'Stripe webhook signing secret',
    definition: { anchors: ['whsec_'], pattern: 'whsec_[A-Za-z0-9+/]{32,64}={0,2}' },
    examples: ['whsec_{{base62:32}}'],
    nonExamples: [],
  },
])
