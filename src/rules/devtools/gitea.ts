import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const gitea = defineRules({ provider: 'Gitea', link: 'https://docs.gitea.com/development/api-usage' }, [
  {
    id: 'gitea-token',
    title: 'Access token of Gitea, Forgejo, Codeberg or Gogs',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{40}' },
    context: credentialOf(['gitea', 'forgejo', 'codeberg', 'gogs']),
    examples: ['{{hex:40}}'],
    nonExamples: ['{{hex:34}}'],
  },
])
