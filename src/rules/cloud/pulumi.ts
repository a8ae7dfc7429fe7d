import { defineRules } from '../define.js'

export const pulumi = defineRules(
  { provider: 'Pulumi', link: 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/' },
  [
    {
      id: 'pulumi-access-token',
      title: 'Pulumi access token',
      definition: { anchors: ['pul-'], pattern: 'pul-[0-9a-f]{40}' },
      examples: ['pul-{{hex:40}}'],
      nonExamples: ['pul-{{hex:12}}'],
    },
  ],
)
