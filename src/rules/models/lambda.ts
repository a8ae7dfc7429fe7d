import { defineRules } from '../define.js'

export const lambda = defineRules({ provider: 'Lambda', link: 'https://docs.lambda.ai/public-cloud/cloud-api/' }, [
  {
    id: 'lambda-cloud-api-key',
    title: 'Lambda Cloud API key',
    definition: { anchors: ['secret_'], pattern: 'secret_[a-z0-9-]{1,48}_[0-9a-f]{32}\\.[A-Za-z0-9]{32}' },
    examples: ['secret_default-key_{{hex:32}}.{{base62:32}}'],
    nonExamples: ['secret_name_{{hex:32}}'],
  },
])
