import { defineRules } from '../define.js'

export const sumsub = defineRules({ provider: 'Sumsub', link: 'https://docs.sumsub.com/reference/authentication' }, [
  {
    id: 'sumsub-app-token',
    title: 'Sumsub app token',
    definition: { anchors: ['prd:'], pattern: 'prd:[A-Za-z0-9]{24}\\.[A-Za-z0-9]{32}' },
    examples: ['prd:{{base62:24}}.{{base62:32}}'],
    nonExamples: ['prd:{{base62:24}}'],
  },
  {
    id: 'sumsub-sandbox-token',
    title: 'Sumsub app token for the sandbox',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['sbx:'], pattern: 'sbx:[A-Za-z0-9]{24}\\.[A-Za-z0-9]{32}' },
    examples: ['sbx:{{base62:24}}.{{base62:32}}'],
    nonExamples: ['sbx:{{base62:24}}'],
  },
])
