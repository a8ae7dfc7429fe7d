import type { Rule } from '../../detect/types.js'
import { age } from './age.js'
import { commandLine } from './command-line.js'
import { connectionString } from './connection-string.js'
import { credentialFile } from './credential-file.js'
import { generic } from './generic.js'
import { httpAuth } from './http-auth.js'
import { jwt } from './jwt.js'
import { markup } from './markup.js'
import { otpauth } from './otpauth.js'
import { paseto } from './paseto.js'
import { privateKey } from './private-key.js'
import { sessionCookie } from './session-cookie.js'
import { signedUrl } from './signed-url.js'
import { spokenPassword } from './spoken-password.js'
import { variables } from './variables.js'
import { wallet } from './wallet.js'
import { webhookUrl } from './webhook-url.js'

export const formats: readonly Rule[] = [
  ...age,
  ...commandLine,
  ...connectionString,
  ...credentialFile,
  ...generic,
  ...httpAuth,
  ...jwt,
  ...markup,
  ...otpauth,
  ...paseto,
  ...privateKey,
  ...sessionCookie,
  ...signedUrl,
  ...spokenPassword,
  ...variables,
  ...wallet,
  ...webhookUrl,
]
