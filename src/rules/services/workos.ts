import { decodeRun } from '../../detect/decode/index.js'
import type { Confidence } from '../../detect/types.js'
import { defineRules } from '../define.js'

/** Raises it over a Stripe key, which has the same prefix. */
const holdsKeyId = (secret: string): boolean | Confidence =>
  decodeRun(secret.slice('sk_live_'.length), ['base64']).startsWith('key_') ? 'certain' : false

export const workos = defineRules({ provider: 'WorkOS', link: 'https://workos.com/docs/reference/api-keys' }, [
  {
    id: 'workos-api-key',
    title: 'WorkOS API key: its id and a secret in base64',
    definition: {
      anchors: ['sk_live_a2V5X', 'sk_test_a2V5X'],
      pattern: 'sk_(?:live|test)_a2V5X[A-Za-z0-9+/]{40,160}={0,2}',
    },
    validate: holdsKeyId,
    examples: ['{{token:workos}}'],
    nonExamples: ['sk_live_{{base62:40}}'],
  },
])
