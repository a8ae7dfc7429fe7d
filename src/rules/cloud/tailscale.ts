import { defineRules } from '../define.js'

export const tailscale = defineRules({ provider: 'Tailscale', link: 'https://tailscale.com/kb/1277/key-prefixes' }, [
  {
    id: 'tailscale-key',
    title: 'Tailscale key',
    definition: {
      anchors: ['tskey-'],
      pattern: 'tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,20}(?:CNTRL)?-[A-Za-z0-9]{16,48}',
    },
    examples: [
      'tskey-auth-k{{base62:10}}CNTRL-{{base62:32}}',
      'tskey-api-{{base62:12}}CNTRL-{{base62:32}}',
      'tskey-client-{{base62:12}}CNTRL-{{base62:32}}',
      'tskey-scim-{{base62:12}}CNTRL-{{base62:32}}',
      'tskey-webhook-{{base62:12}}CNTRL-{{base62:32}}',
    ],
    nonExamples: ['tskey-auth-xxxx'],
  },
])
