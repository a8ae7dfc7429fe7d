import { defineRules } from '../define.js'

export const postman = defineRules(
  { provider: 'Postman', link: 'https://learning.postman.com/docs/developer/postman-api/authentication/' },
  [
    {
      id: 'postman-api-key',
      title: 'Postman API key',
      definition: { anchors: ['PMAK-'], pattern: 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}' },
      examples: ['PMAK-{{hex:24}}-{{hex:34}}'],
      nonExamples: ['PMAK-{{hex:24}}'],
    },
    {
      id: 'postman-collection-key',
      title: 'Postman collection access key',
      definition: { anchors: ['PMAT-'], pattern: 'PMAT-[0-9A-Z]{26}' },
      examples: ['PMAT-{{upper36:26}}'],
      nonExamples: ['PMAT-{{upper36:8}}'],
    },
  ],
)
