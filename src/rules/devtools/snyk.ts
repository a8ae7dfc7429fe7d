import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const snyk = defineRules({ provider: 'Snyk', link: 'https://docs.snyk.io/snyk-api/authentication-for-api' }, [
  {
    id: 'snyk-access-token',
    title: 'Snyk personal or service account token',
    definition: {
      anchors: ['snyk_uat.', 'snyk_sat.'],
      pattern: 'snyk_[us]at\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]{32,200}(?:\\.[A-Za-z0-9_-]{20,200})?',
    },
    examples: ['snyk_uat.{{hex:8}}.{{base64url:60}}.{{base64url:64}}'],
    nonExamples: ['snyk_uat.{{hex:8}}'],
  },
  {
    id: 'snyk-api-token',
    title: 'Snyk API token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: credentialOf(['snyk']),
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
