import { isScattered } from '../checks.js'
import { credentialOf, secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const line = defineRules(
  { provider: 'LINE', link: 'https://developers.line.biz/en/docs/basics/channel-access-token/' },
  [
    {
      id: 'line-channel-access-token',
      title: 'LINE channel access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{150,180}=' },
      context: credentialOf(['line channel', 'linechannel', 'line bot', 'linebot']),
      validate: isScattered,
      examples: ['{{base64:171}}='],
      nonExamples: ['{{base64:100}}='],
    },
    {
      id: 'line-channel-secret',
      title: 'LINE channel secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: secretOf(['line channel', 'linechannel', 'line bot', 'linebot']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{hex:16}}'],
    },
  ],
)
