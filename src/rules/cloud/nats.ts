import { defineRules } from '../define.js'

export const nats = defineRules(
  { provider: 'NATS', link: 'https://docs.nats.io/using-nats/developer/connecting/nkey' },
  [
    {
      id: 'nats-nkey-seed',
      title: 'Seed of a NATS key (user, account, operator, server, cluster, curve)',
      severity: 'critical',
      definition: {
        // The two prefix bytes leave one bit of the third letter's neighbour to the key: always `A`, then `A` to `P`.
        anchors: ['SUA', 'SAA', 'SOA', 'SNA', 'SCA', 'SXA'],
        pattern: 'S[UAONCX]A[A-P][A-Z2-7]{54}',
      },
      examples: ['SUAA{{upper32:54}}', 'SAAP{{upper32:54}}', 'SOAC{{upper32:54}}'],
      nonExamples: ['UAAA{{upper32:52}}', 'SUAA{{upper32:20}}'],
    },
  ],
)
