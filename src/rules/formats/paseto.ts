import { defineRules } from '../define.js'

/** As a JWT, without its choice of algorithms. An encrypted one opens what it was issued for all the same. */
export const paseto = defineRules({ provider: 'PASETO', link: 'https://github.com/paseto-standard/paseto-spec' }, [
  {
    id: 'paseto-token',
    title: 'Platform-agnostic security token',
    definition: {
      anchors: [
        'v1.local.',
        'v2.local.',
        'v3.local.',
        'v4.local.',
        'v1.public.',
        'v2.public.',
        'v3.public.',
        'v4.public.',
      ],
      pattern: 'v[1-4]\\.(?:local|public)\\.[A-Za-z0-9_-]{86,4000}(?:\\.[A-Za-z0-9_-]{2,400})?',
      maxLength: 4500,
    },
    examples: ['v4.local.{{base64url:180}}', 'v2.public.{{base64url:300}}.{{base64url:24}}'],
    nonExamples: ['v1.public.endpoint', 'k4.public.{{base64url:43}}'],
  },
  {
    id: 'paseto-secret-key',
    title: 'Secret or symmetric key for such tokens',
    severity: 'critical',
    link: 'https://github.com/paseto-standard/paserk',
    definition: {
      anchors: [
        'k1.local.',
        'k2.local.',
        'k3.local.',
        'k4.local.',
        'k1.secret.',
        'k2.secret.',
        'k3.secret.',
        'k4.secret.',
      ],
      pattern: 'k[1-4]\\.(?:local|secret)\\.[A-Za-z0-9_-]{43,2200}',
      maxLength: 2400,
    },
    examples: ['k4.local.{{base64url:43}}', 'k4.secret.{{base64url:86}}'],
    nonExamples: ['k4.public.{{base64url:43}}', 'k4.lid.{{base64url:44}}'],
  },
])
