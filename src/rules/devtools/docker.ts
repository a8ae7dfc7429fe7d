import { defineRules } from '../define.js'

export const docker = defineRules({ provider: 'Docker', link: 'https://docs.docker.com/security/access-tokens/' }, [
  {
    id: 'docker-access-token',
    title: 'Docker personal or organization access token',
    definition: { anchors: ['dckr_pat_', 'dckr_oat_'], pattern: 'dckr_[po]at_[A-Za-z0-9_-]{27,40}' },
    examples: ['dckr_pat_{{base64url:27}}', 'dckr_oat_{{base64url:32}}'],
    nonExamples: ['dckr_pat_{{base62:8}}'],
  },
])
