import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const bitwarden = defineRules({ provider: 'Bitwarden', link: 'https://bitwarden.com/help/access-tokens/' }, [
  {
    id: 'bitwarden-access-token',
    title: 'Bitwarden Secrets Manager access token',
    severity: 'critical',
    definition: {
      anchors: ['BWS_ACCESS_TOKEN', 'bws_access_token', '--access-token'],
      pattern:
        '(?:(?:BWS|bws)_(?:ACCESS_TOKEN|access_token)|--access-token)["\\\']?\\s{0,3}[=: ]\\s{0,3}["\\\']?(?<secret>0\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.[A-Za-z0-9]{30}:[A-Za-z0-9+/]{22}==)',
      leftBoundary: 'none',
      rightBoundary: 'none',
    },
    examples: ['BWS_ACCESS_TOKEN=<<0.{{uuid}}.{{base62:30}}:{{base62:22}}==>>'],
    nonExamples: ['BWS_ACCESS_TOKEN=0.example'],
  },
  {
    id: 'bitwarden-client-secret',
    title: 'Bitwarden API client secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{30}' },
    context: {
      keys: ['bwclientsecret', 'bitwardenclientsecret'],
      near: [
        'bw_clientsecret',
        'bw_client_secret',
        'bitwarden client secret',
        'bwclientsecret',
        'bitwardenclientsecret',
      ],
    },
    validate: isDrawn,
    examples: ['{{base62:30}}'],
    nonExamples: ['{{hex:30}}'],
  },
])
