import { defineRules } from '../define.js'

export const deepseek = defineRules({ provider: 'DeepSeek', link: 'https://api-docs.deepseek.com/' }, [
  {
    // Alibaba Model Studio issues keys of the same shape; a field that names it decides.
    id: 'deepseek-api-key',
    title: 'DeepSeek API key',
    confidence: 'medium',
    definition: { anchors: ['sk-'], pattern: 'sk-[0-9a-f]{32}' },
    examples: ['sk-{{hex:32}}'],
    nonExamples: ['sk-{{hex:20}}'],
  },
])
