import { defineRules } from '../define.js'

export const sentry = defineRules({ provider: 'Sentry', link: 'https://docs.sentry.io/api/auth/' }, [
  {
    id: 'sentry-user-token',
    title: 'Sentry user auth token',
    definition: { anchors: ['sntryu_'], pattern: 'sntryu_[0-9a-f]{64}' },
    examples: ['sntryu_{{hex:64}}'],
    nonExamples: [],
  },
  {
    id: 'sentry-org-token',
    title: 'Sentry organization auth token',
    definition: { anchors: ['sntrys_eyJ'], pattern: 'sntrys_eyJ[A-Za-z0-9+/=]{40,400}_[A-Za-z0-9+/]{43}' },
    examples: ['sntrys_eyJ{{base62:120}}=_{{base62:43}}'],
    nonExamples: [],
  },
])
