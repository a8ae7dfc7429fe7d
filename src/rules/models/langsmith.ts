import { defineRules } from '../define.js'

export const langsmith = defineRules(
  { provider: 'LangSmith', link: 'https://docs.langchain.com/langsmith/create-account-api-key' },
  [
    {
      id: 'langsmith-api-key',
      title: 'LangSmith API key',
      definition: { anchors: ['lsv2_pt_', 'lsv2_sk_'], pattern: 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}' },
      examples: ['lsv2_pt_{{hex:32}}_{{hex:10}}', 'lsv2_sk_{{hex:32}}_{{hex:10}}'],
      nonExamples: ['lsv2_pt_...'],
    },
    {
      id: 'langsmith-legacy-api-key',
      title: 'LangSmith API key (first version)',
      definition: { anchors: ['ls__'], pattern: 'ls__[0-9a-f]{32}' },
      examples: ['ls__{{hex:32}}'],
      nonExamples: ['ls__init__'],
    },
  ],
)
