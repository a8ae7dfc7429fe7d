import type { Rule } from '../../detect/types.js'
import { age } from './age.js'
import { connectionString } from './connection-string.js'
import { generic } from './generic.js'
import { httpAuth } from './http-auth.js'
import { jwt } from './jwt.js'
import { privateKey } from './private-key.js'
import { signedUrl } from './signed-url.js'

export const formats: readonly Rule[] = [
  ...age,
  ...connectionString,
  ...generic,
  ...httpAuth,
  ...jwt,
  ...privateKey,
  ...signedUrl,
]
