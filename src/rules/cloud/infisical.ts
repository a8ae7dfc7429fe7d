import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const infisical = defineRules(
  { provider: 'Infisical', link: 'https://infisical.com/docs/internals/service-tokens' },
  [
    {
      id: 'infisical-service-token',
      title: 'Infisical service token',
      definition: {
        anchors: ['st.'],
        pattern:
          'st\\.(?:[0-9a-f]{24}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.[0-9a-f]{32}\\.[0-9a-f]{32}',
      },
      examples: ['st.{{hex:24}}.{{hex:32}}.{{hex:32}}', 'st.{{uuid}}.{{hex:32}}.{{hex:32}}'],
      nonExamples: ['st.abc.def.ghi'],
    },
    {
      id: 'infisical-client-secret',
      title: 'Infisical machine identity client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['infisical', 'infisical client']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
