import { defineRules } from '../define.js'

export const readme = defineRules(
  { provider: 'ReadMe', link: 'https://docs.readme.com/main/reference/intro/authentication' },
  [
    {
      id: 'readme-api-key',
      title: 'ReadMe API key',
      definition: { anchors: ['rdme_'], pattern: 'rdme_[a-z0-9]{70}' },
      examples: ['rdme_{{lower36:70}}'],
      nonExamples: ['rdme_{{lower36:12}}'],
    },
  ],
)
