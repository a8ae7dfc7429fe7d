import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const docusign = defineRules({ provider: 'DocuSign', link: 'https://developers.docusign.com/platform/auth/' }, [
  {
    id: 'docusign-secret-key',
    title: 'DocuSign secret or integration key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: secretOf(['docusign']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
