import { defineRules } from '../define.js'

export const midtrans = defineRules({ provider: 'Midtrans', link: 'https://docs.midtrans.com/docs/midtrans-account' }, [
  {
    id: 'midtrans-server-key',
    title: 'Midtrans server key',
    severity: 'critical',
    definition: { anchors: ['Mid-server-'], pattern: 'Mid-server-[A-Za-z0-9_-]{24}' },
    examples: ['Mid-server-{{base64url:24}}'],
    nonExamples: ['Mid-client-{{base64url:24}}'],
  },
  {
    id: 'midtrans-sandbox-key',
    title: 'Midtrans server key for the sandbox',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['SB-Mid-server-'], pattern: 'SB-Mid-server-[A-Za-z0-9_-]{24}' },
    examples: ['SB-Mid-server-{{base64url:24}}'],
    nonExamples: ['SB-Mid-client-{{base64url:24}}'],
  },
])
