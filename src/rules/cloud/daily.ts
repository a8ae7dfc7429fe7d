import { defineRules } from '../define.js'

export const daily = defineRules({ provider: 'Daily', link: 'https://docs.daily.co/reference/rest-api' }, [
  {
    id: 'daily-api-key',
    title: 'Daily API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{64}' },
    context: {
      keys: ['dailyapikey', 'dailycoapikey'],
      near: ['daily_api_key', 'daily api key', 'daily.co api key', 'dailyapikey', 'dailycoapikey'],
    },
    examples: ['{{hex:64}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
