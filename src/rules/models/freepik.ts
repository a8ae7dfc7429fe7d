import { defineRules } from '../define.js'

export const freepik = defineRules({ provider: 'Freepik', link: 'https://docs.freepik.com/' }, [
  {
    id: 'freepik-api-key',
    title: 'Freepik API key',
    definition: { anchors: ['FPSX'], pattern: 'FPSX[0-9a-f]{32}' },
    examples: ['FPSX{{hex:32}}'],
    nonExamples: ['FPSX{{hex:12}}'],
  },
])
