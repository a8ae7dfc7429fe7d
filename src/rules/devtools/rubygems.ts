import { defineRules } from '../define.js'

export const rubygems = defineRules({ provider: 'RubyGems', link: 'https://guides.rubygems.org/api-key-scopes/' }, [
  {
    id: 'rubygems-api-key',
    title: 'RubyGems API key',
    definition: { anchors: ['rubygems_'], pattern: 'rubygems_[0-9a-f]{48}' },
    examples: ['rubygems_{{hex:48}}'],
    nonExamples: [],
  },
])
