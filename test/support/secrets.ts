import { randomBytes } from 'node:crypto'

/** An opaque credential that no rule matches. */
export const opaqueSecret = (): string => `${randomBytes(6).toString('hex')}Zq${randomBytes(5).toString('hex')}`

/** A token that a rule matches wherever it stands. */
export const anthropicKey = (): string => {
  const body = randomBytes(120).toString('base64').replaceAll(/[+/=]/g, 'x').slice(0, 93)
  return `${['sk', 'ant', 'api03'].join('-')}-${body}AA`
}
