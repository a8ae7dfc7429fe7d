import { defineRules } from '../define.js'

export const mercadoPago = defineRules(
  { provider: 'Mercado Pago', link: 'https://www.mercadopago.com.br/developers/en/docs/your-integrations/credentials' },
  [
    {
      id: 'mercado-pago-access-token',
      title: 'Mercado Pago access token',
      severity: 'critical',
      definition: { anchors: ['APP_USR-'], pattern: 'APP_USR-\\d{13,20}-\\d{6}-[0-9a-f]{32}-\\d{6,12}' },
      examples: ['APP_USR-{{digits:16}}-{{digits:6}}-{{hex:32}}-{{digits:9}}'],
      nonExamples: ['APP_USR-{{uuid}}'],
    },
    {
      id: 'mercado-pago-test-token',
      title: 'Mercado Pago access token for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['TEST-'], pattern: 'TEST-\\d{13,20}-\\d{6}-[0-9a-f]{32}-\\d{6,12}' },
      examples: ['TEST-{{digits:16}}-{{digits:6}}-{{hex:32}}-{{digits:9}}'],
      nonExamples: ['TEST-{{uuid}}'],
    },
  ],
)
