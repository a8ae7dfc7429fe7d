import { decodeRun } from '../../detect/decode/index.js'
import type { Confidence } from '../../detect/types.js'
import { defineRules } from '../define.js'

/** Behind the prefix: what the organization's server is, as JSON in base64. */
function namesRegion(secret: string): true | Confidence {
  try {
    const part = secret.slice('sntrys_'.length, secret.lastIndexOf('_'))
    return 'url' in JSON.parse(decodeRun(part, ['base64'])) ? 'certain' : true
  } catch {
    return true
  }
}

export const sentry = defineRules({ provider: 'Sentry', link: 'https://docs.sentry.io/account/auth-tokens/' }, [
  {
    id: 'sentry-user-token',
    title: 'Sentry user auth token',
    definition: { anchors: ['sntryu_'], pattern: 'sntryu_[0-9a-f]{64}' },
    examples: ['sntryu_{{hex:64}}'],
    nonExamples: ['sntryu_{{hex:32}}'],
  },
  {
    id: 'sentry-integration-token',
    title: 'Sentry integration or application token',
    definition: { anchors: ['sntryi_', 'sntrya_'], pattern: 'sntry[ia]_[0-9a-f]{64}' },
    examples: ['sntryi_{{hex:64}}', 'sntrya_{{hex:64}}'],
    nonExamples: ['sntryi_{{hex:32}}'],
  },
  {
    id: 'sentry-org-token',
    title: 'Sentry organization auth token',
    definition: { anchors: ['sntrys_eyJ'], pattern: 'sntrys_eyJ[A-Za-z0-9+/=]{40,400}_[A-Za-z0-9+/]{43}' },
    validate: namesRegion,
    examples: ['{{token:sentry-org}}', 'sntrys_eyJ{{base62:120}}=_{{base62:43}}'],
    nonExamples: ['sntrys_eyJ{{base62:12}}'],
  },
])
