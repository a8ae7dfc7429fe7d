import { defineRules } from '../define.js'

export const adyen = defineRules(
  { provider: 'Adyen', link: 'https://docs.adyen.com/development-resources/api-credentials/' },
  [
    {
      id: 'adyen-api-key',
      title: 'Adyen API key',
      definition: {
        anchors: ['AQE'],
        pattern: 'AQE[a-z]hm[A-Za-z0-9+/]{30,200}-[A-Za-z0-9+/]{40,120}=-[^\\s"\'`<>\\\\]{16}',
      },
      examples: ['AQEyhm{{base62:60}}-{{base62:43}}=-{{base62:16}}'],
      nonExamples: ['AQEyhm{{base62:20}}'],
    },
  ],
)
