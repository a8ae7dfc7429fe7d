import { defineRules } from '../define.js'

export const brevo = defineRules({ provider: 'Brevo', link: 'https://developers.brevo.com/docs/getting-started' }, [
  {
    id: 'brevo-api-key',
    title: 'Brevo API key or SMTP key',
    definition: { anchors: ['xkeysib-', 'xsmtpsib-'], pattern: 'x(?:key|smtp)sib-[0-9a-f]{64}-[A-Za-z0-9]{16}' },
    examples: ['xkeysib-{{hex:64}}-{{base62:16}}', 'xsmtpsib-{{hex:64}}-{{base62:16}}'],
    nonExamples: ['xkeysib-{{hex:64}}'],
  },
])
