import { decodeRun } from '../../detect/decode/index.js'
import type { Confidence } from '../../detect/types.js'
import { defineRules } from '../define.js'

/** A header that names no algorithm is not a token; text that merely begins like one is common. */
function headerNamesAlgorithm(secret: string): boolean | Confidence {
  try {
    const header: unknown = JSON.parse(decodeRun(secret.slice(0, secret.indexOf('.')), ['base64url']))
    return isSigned(header) ? 'certain' : false
  } catch {
    return false
  }
}

/** An unsecured token (`alg: none`) proves nothing to whom it is shown. */
function isSigned(header: unknown): boolean {
  if (typeof header !== 'object' || header === null || !('alg' in header)) return false
  return typeof header.alg === 'string' && header.alg.toLowerCase() !== 'none'
}

export const jwt = defineRules({ provider: 'JWT', link: 'https://www.rfc-editor.org/rfc/rfc7519' }, [
  {
    id: 'jwt-token',
    title: 'JSON Web Token (signed or encrypted)',
    definition: {
      anchors: ['eyJ'],
      pattern:
        'eyJ[A-Za-z0-9_-]{12,2000}\\.[A-Za-z0-9_-]{0,8000}\\.(?:[A-Za-z0-9_-]{16,1400}\\.[A-Za-z0-9_-]{16,8000}\\.[A-Za-z0-9_-]{16,64}|[A-Za-z0-9_-]{20,1400})',
      maxLength: 16_384,
    },
    validate: headerNamesAlgorithm,
    examples: ['{{jwt}}'],
    nonExamples: ['eyJ{{base62:40}}.eyJ{{base62:40}}.{{base62:12}}'],
  },
])
