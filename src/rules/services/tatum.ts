import { defineRules } from '../define.js'

export const tatum = defineRules({ provider: 'Tatum', link: 'https://docs.tatum.io/docs/authentication' }, [
  {
    id: 'tatum-api-key',
    title: 'Tatum API key',
    definition: { anchors: ['t-5', 't-6', 't-7'], pattern: 't-[567][0-9a-f]{23}-[0-9a-f]{24}' },
    examples: ['t-6{{hex:23}}-{{hex:24}}'],
    nonExamples: ['t-6{{hex:23}}'],
  },
])
