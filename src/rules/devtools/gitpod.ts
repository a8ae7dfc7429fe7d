import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const gitpod = defineRules(
  { provider: 'Gitpod', link: 'https://www.gitpod.io/docs/classic/user/configure/user-settings/access-tokens' },
  [
    {
      id: 'gitpod-access-token',
      title: 'Gitpod personal access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: 'gitpod_pat_[A-Za-z0-9_-]{20,80}(?:\\.[A-Za-z0-9_-]{20,80})?' },
      context: credentialOf(['gitpod']),
      examples: ['gitpod_pat_{{base64url:43}}.{{base64url:43}}'],
      nonExamples: ['gitpod_pat_{{base62:8}}'],
    },
  ],
)
