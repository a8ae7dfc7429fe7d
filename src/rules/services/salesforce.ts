import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const salesforce = defineRules(
  {
    provider: 'Salesforce',
    link: 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_oauth_and_connected_apps.htm',
  },
  [
    {
      id: 'salesforce-access-token',
      title: 'Salesforce session id or access token',
      definition: {
        anchors: ['00D'],
        pattern: '00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![A-Za-z0-9._]{79,140}[A-Za-z0-9_]',
      },
      examples: ['00D{{base62:12}}!{{base62:96}}'],
      nonExamples: ['00D{{base62:12}}'],
    },
    {
      id: 'salesforce-refresh-token',
      title: 'Salesforce refresh token',
      definition: { anchors: ['5Aep861'], pattern: '5Aep861[A-Za-z0-9._]{60,120}(?<!\\.)' },
      examples: ['5Aep861{{base62:80}}'],
      nonExamples: ['5Aep861{{base62:8}}'],
    },
    {
      id: 'salesforce-client-secret',
      title: 'Salesforce consumer secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9A-F]{64}|\\d{18,19}' },
      context: secretOf(['salesforce', 'sfdc']),
      examples: ['{{upper16:64}}'],
      nonExamples: ['{{hex:24}}'],
    },
  ],
)
