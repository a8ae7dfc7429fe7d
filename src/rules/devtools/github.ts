import { hasCrc32 } from '../checks.js'
import { defineRules } from '../define.js'

const link = 'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/'

export const github = defineRules({ provider: 'GitHub', link }, [
  {
    id: 'github-token',
    title: 'GitHub personal, OAuth, user or server token',
    severity: 'critical',
    definition: { anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_'], pattern: 'gh[pous]_[A-Za-z0-9]{36}' },
    validate: (secret) => hasCrc32(secret, 4),
    examples: ['{{token:github-pat}}', 'gho_{{base62:36}}', 'ghu_{{base62:36}}', 'ghs_{{base62:36}}'],
    nonExamples: ['ghp_{{base62:20}}', 'ghp_{{base62:50}}'],
  },
  {
    id: 'github-refresh-token',
    title: 'GitHub refresh token',
    severity: 'critical',
    definition: { anchors: ['ghr_'], pattern: 'ghr_[A-Za-z0-9]{36,76}' },
    validate: (secret) => hasCrc32(secret, 4),
    examples: ['ghr_{{base62:76}}', 'ghr_{{base62:36}}'],
    nonExamples: ['ghr_{{base62:12}}'],
  },
  {
    id: 'github-fine-grained-token',
    title: 'GitHub fine-grained personal access token',
    severity: 'critical',
    definition: { anchors: ['github_pat_'], pattern: 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}' },
    examples: ['github_pat_{{base62:22}}_{{base62:59}}'],
    nonExamples: ['github_pat_{{base62:22}}'],
  },
  {
    id: 'github-server-jwt',
    title: 'GitHub server token that holds a JWT',
    severity: 'critical',
    definition: {
      anchors: ['ghs_'],
      pattern: 'ghs_[A-Za-z0-9_]{0,40}eyJ[A-Za-z0-9_-]{10,500}\\.[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{20,1000}',
      maxLength: 3600,
    },
    examples: ['ghs_eyJ{{base62:33}}.eyJ{{base62:120}}.{{base64url:86}}'],
    nonExamples: [],
  },
])
