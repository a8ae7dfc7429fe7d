import { JWK_PRIVATE_KEY } from '../../detect/field-name.js'
import { normalizeName } from '../../detect/fields.js'
import { defineRules } from '../define.js'

/** As it stands, and in JSON. */
const QUOTE = '\\\\{0,3}["]'
const KIND = '[A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----'
/** What RFC 1421 puts between the label and the key of an encrypted one, and OpenPGP before its own. */
const HEADERS = '(?:\\s{1,4}[A-Z][A-Za-z-]{2,20}: [^\\r\\n\\\\]{1,100}){0,4}'.replace('{0,4}', '')
const HEADER_LINES = `(?:${HEADERS})?(?:${HEADERS})?(?:${HEADERS})?`

/** PEM, OpenSSH and PGP armour. A key that was cut off before its end is still most of a key. */
export const privateKey = [
  ...defineRules({ provider: 'PEM', link: 'https://www.rfc-editor.org/rfc/rfc7468' }, [
    {
      id: 'private-key-pem',
      title: 'Private key in PEM or armour (PKCS, OpenSSH, PGP)',
      severity: 'critical',
      confidence: 'certain',
      definition: {
        anchors: ['-----BEGIN ', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY'],
        pattern: `-----BEGIN ${KIND}(?:(?:[^-\\\\]|-(?!----)){64,16000}-----END ${KIND}|(?=[^\\\\]{0,100}\\\\{4,16}[nr])[A-Za-z0-9+/=\\\\]{64,16000}-----END ${KIND}|${HEADER_LINES}[A-Za-z0-9+/=\\s]{48,16000}(?<=\\S))|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?:[^-\\\\]|-(?!---)){64,16000}---- END SSH2 ENCRYPTED PRIVATE KEY ----`,
        leftBoundary: 'none',
        rightBoundary: 'none',
        maxLength: 16_384,
      },
      // Code that puts a key together has the two lines and more code between them.
      validate: (secret) => /[A-Za-z0-9+/=]{40}/.test(secret) && !/[;{}()<]/.test(secret),
      examples: [
        '{{pem:PRIVATE KEY}}',
        '{{pem:ENCRYPTED PRIVATE KEY}}',
        '{{pem:RSA PRIVATE KEY}}',
        '{{pem:DSA PRIVATE KEY}}',
        '{{pem:OPENSSH PRIVATE KEY}}',
        '{{pem:EC PRIVATE KEY}}',
        '{{pem:PGP PRIVATE KEY BLOCK}}',
      ],
      nonExamples: [
        '{{pem:PUBLIC KEY}}',
        '{{pem:CERTIFICATE}}',
        '{{pem:PGP PUBLIC KEY BLOCK}}',
        '-----BEGIN PRIVATE KEY----- ... -----END PRIVATE KEY-----',
      ],
    },
  ]),
  ...defineRules({ provider: 'PuTTY', link: 'https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html' }, [
    {
      id: 'private-key-putty',
      title: 'Private half of a PuTTY key file',
      severity: 'critical',
      confidence: 'certain',
      definition: {
        anchors: ['Private-Lines: '],
        pattern:
          'Private-Lines: \\d{1,3}\\s{1,4}(?<secret>[A-Za-z0-9+/=\\s]{31,16000}[A-Za-z0-9+/=])(?:(?=\\s{1,4}Private-)|(?![A-Za-z0-9+/=\\s-]))',
        rightBoundary: 'none',
        maxLength: 16_384,
      },
      examples: ['Private-Lines: 1\n<<{{base64:63}}=>>\nPrivate-MAC: {{hex:40}}'],
      nonExamples: ['Public-Lines: 1\n{{base64:63}}=\n', 'Private-Lines: 14'],
    },
  ]),
  ...defineRules({ provider: 'JWK', link: 'https://www.rfc-editor.org/rfc/rfc7518#section-6' }, [
    {
      id: 'private-key-jwk',
      title: 'Private parameter of a JSON Web Key',
      severity: 'critical',
      definition: {
        anchors: ['"d"', '"p"', '"q"', '"dp"', '"dq"', '"qi"', '"k"'],
        pattern: `"(?:d|p|q|dp|dq|qi|k)${QUOTE}\\s{0,4}:\\s{0,4}${QUOTE}(?<secret>[A-Za-z0-9_-]{21,1400})(?=${QUOTE})(?:(?<="kty${QUOTE}[^{}]{0,3200})|(?=[^{}]{0,3200}"kty${QUOTE}))`,
        rightBoundary: 'none',
        maxLength: 5000,
      },
      context: { window: 3200 },
      validate: (secret) => secret.length >= 40 || /[-_A-Z]/.test(secret),
      examples: [
        '{"kty":"EC","crv":"P-256","x":"{{base64url:43}}","y":"{{base64url:43}}","d":"<<{{base64url:43}}>>"}',
        '{"d": "<<{{base64url:342}}>>", "kty": "RSA", "e": "AQAB", "n": "{{base64url:342}}"}',
        '{"kty":"oct","k":"<<{{base64url:43}}>>","alg":"HS256"}',
      ],
      nonExamples: [
        '{"d":"{{base64url:43}}"}',
        '{"kty":"EC","crv":"P-256","x":"{{base64url:43}}","y":"{{base64url:43}}"}',
      ],
    },
    {
      id: 'private-key-jwk-field',
      title: 'Private parameter of a JSON Web Key, as a field in state',
      severity: 'critical',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{21,1400}' },
      // The name that the walk gives such a field, whose own is a letter.
      context: { keys: [normalizeName(JWK_PRIVATE_KEY)], near: ['jwk private', 'jwkprivatekey'] },
      validate: (secret) => secret.length >= 40 || /[-_A-Z]/.test(secret),
      examples: ['{{base64url:43}}', '{{base64url:342}}'],
      nonExamples: ['your-jwk-private-key-here'],
    },
  ]),
]
