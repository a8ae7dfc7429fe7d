import { randomBytes } from 'node:crypto'

/** An opaque credential that no rule matches. */
export const opaqueSecret = (): string => `${randomBytes(6).toString('hex')}Zq${randomBytes(5).toString('hex')}`

/** A token that a rule matches wherever it stands. */
export const anthropicKey = (): string => {
  const body = randomBytes(120).toString('base64').replaceAll(/[+/=]/g, 'x').slice(0, 93)
  return `${['sk', 'ant', 'api03'].join('-')}-${body}AA`
}

/** A JSON Web Token with the given claims and a random signature. */
export const jwt = (claims: Readonly<Record<string, unknown>>): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ jti: opaqueSecret(), ...claims })}.${randomBytes(32).toString('base64url')}`
}
