import { defineRules } from '../define.js'

export const wireguard = defineRules({ provider: 'WireGuard', link: 'https://www.wireguard.com/quickstart/' }, [
  {
    // 32 bytes leave two bits of the last character at zero.
    id: 'wireguard-private-key',
    title: 'WireGuard private or preshared key',
    severity: 'critical',
    definition: {
      anchors: ['PrivateKey', 'PresharedKey'],
      pattern: '(?:PrivateKey|PresharedKey)\\s{0,4}=\\s{0,4}(?<secret>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)',
      rightBoundary: 'none',
    },
    examples: [
      '[Interface]\nPrivateKey = <<{{base62:42}}A=>>\nAddress = 10.0.0.2/24',
      'PresharedKey=<<{{base62:42}}0=>>',
    ],
    nonExamples: ['PublicKey = {{base62:42}}A=', 'PrivateKey = {{base62:42}}B='],
  },
])
