import { defineRules } from '../define.js'

export const godaddy = defineRules({ provider: 'GoDaddy', link: 'https://developer.godaddy.com/getstarted' }, [
  {
    id: 'godaddy-api-credentials',
    title: 'GoDaddy API key and secret',
    definition: { anchors: ['sso-key '], pattern: 'sso-key (?<secret>[A-Za-z0-9_]{10,64}:[A-Za-z0-9]{16,40})' },
    examples: ['Authorization: sso-key <<{{base62:34}}:{{base62:22}}>>'],
    nonExamples: ['sso-key key:secret'],
  },
])
