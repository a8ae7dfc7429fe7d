import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const metabase = defineRules(
  { provider: 'Metabase', link: 'https://www.metabase.com/docs/latest/people-and-groups/api-keys' },
  [
    {
      id: 'metabase-api-key',
      title: 'Metabase API key',
      definition: { anchors: ['mb_'], pattern: 'mb_[A-Za-z0-9+/]{40,64}={0,2}' },
      validate: isScattered,
      examples: ['mb_{{base62:43}}='],
      nonExamples: ['mb_name_of_the_database'],
    },
  ],
)
