import { isMixed } from '../checks.js'
import { defineRules } from '../define.js'

export const censys = defineRules({ provider: 'Censys', link: 'https://docs.censys.com/reference/get-started' }, [
  {
    id: 'censys-access-token',
    title: 'Censys personal access token',
    definition: { anchors: ['censys_'], pattern: 'censys_[A-Za-z0-9]{8}_[A-Za-z0-9]{24,40}' },
    validate: isMixed,
    examples: ['censys_{{base62:8}}_{{base62:24}}'],
    nonExamples: ['censys_{{base62:8}}'],
  },
])
