import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const tableau = defineRules(
  { provider: 'Tableau', link: 'https://help.tableau.com/current/server/en-us/security_personal_access_tokens.htm' },
  [
    {
      id: 'tableau-access-token',
      title: 'Tableau personal access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{22}==:[A-Za-z0-9]{32}' },
      context: credentialOf(['tableau']),
      examples: ['{{base62:22}}==:{{base62:32}}'],
      nonExamples: ['{{base62:32}}'],
    },
  ],
)
