import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const checkoutCom = defineRules(
  { provider: 'Checkout.com', link: 'https://www.checkout.com/docs/developer-resources/testing/api-keys' },
  [
    {
      id: 'checkout-com-secret-key',
      title: 'Checkout.com secret key',
      definition: { anchors: ['sk_'], pattern: 'sk_[a-z2-7]{26}[a-z2-7*#$=]' },
      validate: hasDigit,
      examples: ['sk_{{lower32:27}}'],
      nonExamples: ['pk_{{lower32:27}}'],
    },
    {
      id: 'checkout-com-sandbox-key',
      title: 'Checkout.com sandbox secret key',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['sk_sbox_'], pattern: 'sk_sbox_[a-z2-7]{26}[a-z2-7*#$=]' },
      examples: ['sk_sbox_{{lower32:27}}'],
      nonExamples: ['pk_sbox_{{lower32:27}}'],
    },
  ],
)
