import { defineRules } from '../define.js'

export const upcloud = defineRules(
  { provider: 'UpCloud', link: 'https://upcloud.com/docs/guides/managing-api-tokens/' },
  [
    {
      id: 'upcloud-api-token',
      title: 'UpCloud API token',
      definition: { anchors: ['ucat_'], pattern: 'ucat_[A-Za-z0-9]{26,64}' },
      examples: ['ucat_01{{upper36:24}}'],
      nonExamples: ['ucat_short'],
    },
  ],
)
