import { defineRules } from '../define.js'

export const stackhawk = defineRules({ provider: 'StackHawk', link: 'https://docs.stackhawk.com/apidocs.html' }, [
  {
    id: 'stackhawk-api-key',
    title: 'StackHawk API key',
    definition: { anchors: ['hawk.'], pattern: 'hawk\\.[A-Za-z0-9_-]{20}\\.[A-Za-z0-9_-]{20}' },
    examples: ['hawk.{{base64url:20}}.{{base64url:20}}'],
    nonExamples: ['hawk.{{base62:8}}'],
  },
])
