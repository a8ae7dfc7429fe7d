import { defineRules } from '../define.js'

export const stripe = defineRules({ provider: 'Stripe', link: 'https://docs.stripe.com/keys' }, [
  {
    id: 'stripe-secret-key',
    title: 'Stripe secret or restricted key (and of Clerk, Paystack and others who copy its form)',
    severity: 'critical',
    definition: {
      anchors: ['sk_live_', 'rk_live_', 'sk_org_live_'],
      pattern: '(?:sk|rk|sk_org)_live_[A-Za-z0-9]{20,250}',
    },
    examples: ['sk_live_{{base62:99}}', 'rk_live_{{base62:24}}'],
    nonExamples: ['pk_live_{{base62:24}}', 'cus_{{base62:14}}', 'pi_{{base62:24}}'],
  },
  {
    id: 'stripe-test-key',
    title: 'Stripe key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: {
      anchors: ['sk_test_', 'rk_test_', 'sk_org_test_'],
      pattern: '(?:sk|rk|sk_org)_test_[A-Za-z0-9]{20,250}',
    },
    examples: ['sk_test_{{base62:99}}'],
    nonExamples: ['pk_test_{{base62:24}}'],
  },
  {
    id: 'stripe-webhook-secret',
    title: 'Stripe or Svix webhook signing secret',
    definition: { anchors: ['whsec_'], pattern: 'whsec_[A-Za-z0-9+/]{32,64}={0,2}' },
    examples: ['whsec_{{base62:32}}'],
    nonExamples: ['whsec_{{base62:8}}'],
  },
])
