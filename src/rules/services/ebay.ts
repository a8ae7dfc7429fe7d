import { defineRules } from '../define.js'

export const ebay = defineRules(
  { provider: 'eBay', link: 'https://developer.ebay.com/api-docs/static/creating-edp-account.html' },
  [
    {
      id: 'ebay-client-secret',
      title: 'eBay client secret (Cert ID)',
      definition: { anchors: ['PRD-'], pattern: 'PRD-[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}' },
      examples: ['PRD-{{hex:12}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:4}}'],
      nonExamples: ['Acme-App-PRD-{{hex:9}}-{{hex:8}}'],
    },
    {
      id: 'ebay-sandbox-secret',
      title: 'eBay client secret for the sandbox',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['SBX-'], pattern: 'SBX-[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}' },
      examples: ['SBX-{{hex:12}}-{{hex:4}}-{{hex:4}}-{{hex:4}}-{{hex:4}}'],
      nonExamples: ['Acme-App-SBX-{{hex:9}}-{{hex:8}}'],
    },
  ],
)
