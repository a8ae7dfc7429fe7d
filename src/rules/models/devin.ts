import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const devin = defineRules({ provider: 'Devin', link: 'https://docs.devin.ai/api-reference/authentication' }, [
  {
    id: 'devin-api-key',
    title: 'Devin API key',
    definition: {
      anchors: ['cog_', 'apk_user_', 'apk_'],
      pattern: '(?:cog_[A-Za-z0-9]{52}|apk_(?:user_)?[A-Za-z0-9+/_-]{40,200}={0,2})',
    },
    validate: (secret) =>
      isDrawn(secret) ||
      (/^cog_[a-z0-9]*$/.test(secret) && /[g-z].*[g-z]/.test(secret.slice(4)) && /\d.*\d/.test(secret)),
    examples: ['cog_{{base62:52}}', 'cog_{{lower36:52}}', 'apk_user_{{base62:80}}==', 'apk_{{base62:60}}'],
    nonExamples: ['cog_{{hex:52}}', 'apk_package_signing'],
  },
])
