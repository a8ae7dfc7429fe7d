import { defineRules } from '../define.js'

export const asana = defineRules(
  { provider: 'Asana', link: 'https://developers.asana.com/docs/personal-access-token' },
  [
    {
      id: 'asana-token',
      title: 'Asana personal access token',
      definition: { anchors: ['0/1', '1/1', '2/1'], pattern: '[012]/1\\d{14,18}(?:/\\d{15,19})?:[0-9a-f]{32}' },
      examples: ['2/1{{digits:15}}/1{{digits:15}}:{{hex:32}}', '1/1{{digits:15}}:{{hex:32}}'],
      nonExamples: ['1/1{{digits:15}}'],
    },
  ],
)
