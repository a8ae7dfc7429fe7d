import { defineRules } from '../define.js'

export const dnsimple = defineRules(
  { provider: 'DNSimple', link: 'https://support.dnsimple.com/articles/api-access-token/' },
  [
    {
      id: 'dnsimple-token',
      title: 'DNSimple API token',
      definition: {
        anchors: ['dnsimple_a_', 'dnsimple_u_', 'dnsimple_o_'],
        pattern: 'dnsimple_[auo]_[A-Za-z0-9]{32,64}',
      },
      examples: ['dnsimple_a_{{base62:36}}', 'dnsimple_u_{{base62:36}}'],
      nonExamples: ['dnsimple_a_record'],
    },
  ],
)
