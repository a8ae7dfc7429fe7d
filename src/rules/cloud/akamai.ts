import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const akamai = defineRules({ provider: 'Akamai', link: 'https://techdocs.akamai.com/developer/docs/edgegrid' }, [
  {
    id: 'akamai-edgegrid-token',
    title: 'Akamai EdgeGrid access or client token',
    definition: { anchors: ['akab-'], pattern: 'akab-[a-z0-9]{16}-[a-z0-9]{16}' },
    examples: ['akab-{{lower36:16}}-{{lower36:16}}'],
    nonExamples: ['akab-example-host'],
  },
  {
    id: 'akamai-client-secret',
    title: 'Akamai EdgeGrid client secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{43}=' },
    context: credentialOf(['akamai']),
    examples: ['{{base62:43}}='],
    nonExamples: ['{{hex:43}}'],
  },
])
