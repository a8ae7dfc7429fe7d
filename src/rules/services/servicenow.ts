import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const servicenow = defineRules(
  {
    provider: 'ServiceNow',
    link: 'https://www.servicenow.com/docs/bundle/platform-security/page/administer/security/concept/c_OAuthApplications.html',
  },
  [
    {
      id: 'servicenow-client-secret',
      title: 'ServiceNow client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: secretOf(['servicenow', 'snow client']),
      validate: isScattered,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
