import { defineRules } from '../define.js'

export const cartesia = defineRules(
  { provider: 'Cartesia', link: 'https://docs.cartesia.ai/get-started/make-an-api-request' },
  [
    {
      id: 'cartesia-api-key',
      title: 'Cartesia API key',
      definition: { anchors: ['sk_car_'], pattern: 'sk_car_[A-Za-z0-9_-]{20,64}' },
      examples: ['sk_car_{{base62:28}}'],
      nonExamples: ['sk_car_short'],
    },
  ],
)
