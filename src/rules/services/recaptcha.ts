import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const recaptcha = defineRules(
  { provider: 'reCAPTCHA', link: 'https://developers.google.com/recaptcha/docs/verify' },
  [
    {
      id: 'recaptcha-secret-key',
      title: 'reCAPTCHA secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '6L[A-Za-z0-9_-]{38}' },
      context: secretOf(['recaptchasecret', 'recaptcha secret', 'recaptcha private']),
      examples: ['6L{{base64url:38}}'],
      nonExamples: ['6L{{base62:12}}'],
    },
  ],
)
