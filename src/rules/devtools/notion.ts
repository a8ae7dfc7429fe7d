import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const notion = defineRules({ provider: 'Notion', link: 'https://developers.notion.com/docs/authorization' }, [
  {
    id: 'notion-token',
    title: 'Notion integration token',
    definition: { anchors: ['ntn_'], pattern: 'ntn_[A-Za-z0-9]{43,50}' },
    examples: ['ntn_{{digits:11}}{{base62:35}}'],
    nonExamples: ['ntn_{{base62:12}}'],
  },
  {
    id: 'notion-legacy-token',
    title: 'Notion integration token (before 2024)',
    definition: { anchors: ['secret_'], pattern: 'secret_[A-Za-z0-9]{43}' },
    validate: isScattered,
    examples: ['secret_{{base62:43}}'],
    nonExamples: ['secret_name_of_the_resource'],
  },
])
