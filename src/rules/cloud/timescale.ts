import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const timescale = defineRules(
  {
    provider: 'Tiger Data (Timescale)',
    link: 'https://docs.tigerdata.com/use-timescale/latest/security/client-credentials/',
  },
  [
    {
      id: 'timescale-secret-key',
      title: 'Timescale client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{64}' },
      context: {
        keys: ['timescalesecretkey', 'timescaleclientsecret', 'tigersecretkey', 'tssecretkey'],
        near: [
          'timescale_secret_key',
          'timescale secret key',
          'tiger_secret_key',
          'timescalesecretkey',
          'timescaleclientsecret',
          'tigersecretkey',
          'tssecretkey',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
