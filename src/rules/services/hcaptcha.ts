import { defineRules } from '../define.js'

export const hcaptcha = defineRules({ provider: 'hCaptcha', link: 'https://docs.hcaptcha.com/' }, [
  {
    id: 'hcaptcha-secret-key',
    title: 'hCaptcha account secret',
    definition: { anchors: ['ES_'], pattern: 'ES_[0-9a-f]{32}' },
    examples: ['ES_{{hex:32}}'],
    nonExamples: ['ES_{{hex:12}}'],
  },
])
