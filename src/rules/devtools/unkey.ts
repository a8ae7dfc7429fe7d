import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const unkey = defineRules({ provider: 'Unkey', link: 'https://www.unkey.com/docs/security/root-keys' }, [
  {
    id: 'unkey-root-key',
    title: 'Unkey root key',
    definition: { anchors: ['unkey_'], pattern: 'unkey_[A-Za-z0-9]{20,40}' },
    validate: hasDigit,
    examples: ['unkey_{{base62:24}}'],
    nonExamples: ['unkey_{{base62:4}}'],
  },
])
