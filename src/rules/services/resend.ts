import { defineRules } from '../define.js'

export const resend = defineRules({ provider: 'Resend', link: 'https://resend.com/docs/api-reference/introduction' }, [
  {
    id: 'resend-api-key',
    title: 'Resend API key',
    definition: { anchors: ['re_'], pattern: 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}' },
    examples: ['re_{{base62:8}}_{{base62:24}}'],
    nonExamples: ['re_exports_of_module'],
  },
])
