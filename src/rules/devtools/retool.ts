import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const retool = defineRules(
  { provider: 'Retool', link: 'https://docs.retool.com/org-users/guides/retool-api-authentication' },
  [
    {
      id: 'retool-api-token',
      title: 'Retool API access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: 'retool_01[a-z0-9]{24}' },
      context: credentialOf(['retool']),
      validate: hasDigit,
      examples: ['retool_01{{lower36:24}}'],
      nonExamples: ['retool_01{{lower36:8}}'],
    },
  ],
)
