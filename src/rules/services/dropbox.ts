import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const dropbox = defineRules({ provider: 'Dropbox', link: 'https://developers.dropbox.com/oauth-guide' }, [
  {
    id: 'dropbox-access-token',
    title: 'Dropbox access token',
    definition: { anchors: ['sl.'], pattern: 'sl\\.(?:u\\.)?[A-Za-z0-9_-]{120,2000}', maxLength: 2100 },
    examples: ['sl.{{base64url:140}}', 'sl.u.{{base64url:180}}'],
    nonExamples: ['sl.{{base62:20}}'],
  },
  {
    id: 'dropbox-refresh-token',
    title: 'Dropbox refresh token or app secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{64}|[a-z0-9]{15}' },
    context: credentialOf(['dropbox']),
    validate: hasDigit,
    examples: ['{{base64url:64}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
