import { defineRules } from '../define.js'

const KIND = '[A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----'

/** PEM, OpenSSH and PGP armour. A key that was cut off before its end is still most of a key. */
export const privateKey = defineRules({ provider: 'PEM', link: 'https://www.rfc-editor.org/rfc/rfc7468' }, [
  {
    id: 'private-key-pem',
    title: 'Private key in PEM or armour (PKCS, OpenSSH, PGP)',
    severity: 'critical',
    confidence: 'certain',
    definition: {
      anchors: ['-----BEGIN '],
      pattern: `-----BEGIN ${KIND}(?:(?:[^-\\\\]|-(?!----)){64,16000}-----END ${KIND}|[A-Za-z0-9+/=\\r\\n]{64,16000})`,
      leftBoundary: 'none',
      rightBoundary: 'none',
      maxLength: 16_384,
    },
    examples: [
      '{{pem:PRIVATE KEY}}',
      '{{pem:RSA PRIVATE KEY}}',
      '{{pem:OPENSSH PRIVATE KEY}}',
      '{{pem:EC PRIVATE KEY}}',
    ],
    nonExamples: [
      '{{pem:PUBLIC KEY}}',
      '{{pem:CERTIFICATE}}',
      '-----BEGIN PRIVATE KEY----- ... -----END PRIVATE KEY-----',
    ],
  },
])
