import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const localstack = defineRules(
  { provider: 'LocalStack', link: 'https://docs.localstack.cloud/getting-started/auth-token/' },
  [
    {
      id: 'localstack-auth-token',
      title: 'LocalStack auth token',
      definition: {
        anchors: ['ls-'],
        pattern: 'ls-[A-Za-z0-9]{8}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}-[A-Za-z0-9]{12}',
      },
      validate: hasDigit,
      examples: ['ls-{{base62:8}}-{{base62:4}}-{{base62:4}}-{{base62:4}}-{{base62:12}}'],
      nonExamples: ['ls-{{base62:8}}'],
    },
  ],
)
