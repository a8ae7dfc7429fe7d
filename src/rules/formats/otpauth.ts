import { defineRules } from '../define.js'

export const otpauth = defineRules(
  { provider: 'TOTP', link: 'https://github.com/google/google-authenticator/wiki/Key-Uri-Format' },
  [
    {
      id: 'totp-uri-secret',
      title: 'Shared secret in an otpauth URI',
      severity: 'critical',
      definition: {
        anchors: ['otpauth://'],
        pattern:
          'otpauth:\\/\\/[th]otp\\/[^\\s?"\'<>]{0,200}\\?(?:[^\\s"\'<>]{0,200}&)?secret=(?<secret>[A-Za-z2-7]{16,128})={0,6}',
      },
      examples: ['otpauth://totp/Example:me@example.com?secret=<<{{upper32:32}}>>&issuer=Example'],
      nonExamples: ['otpauth://totp/Example:me@example.com?issuer=Example'],
    },
  ],
)
