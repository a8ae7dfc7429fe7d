import { defineRules } from '../define.js'

export const supabase = defineRules({ provider: 'Supabase', link: 'https://supabase.com/docs/guides/api/api-keys' }, [
  {
    id: 'supabase-access-token',
    title: 'Supabase personal access token',
    definition: { anchors: ['sbp_'], pattern: 'sbp_(?:oauth_|v0_)?[0-9a-f]{40}' },
    examples: ['sbp_{{hex:40}}', 'sbp_oauth_{{hex:40}}'],
    nonExamples: ['sbp_{{hex:12}}'],
  },
  {
    id: 'supabase-secret-key',
    title: 'Supabase secret key',
    definition: { anchors: ['sb_secret_'], pattern: 'sb_secret_[A-Za-z0-9_-]{31}' },
    examples: ['sb_secret_{{base62:22}}_{{base62:8}}'],
    nonExamples: ['sb_publishable_{{base62:22}}_{{base62:8}}'],
  },
])
