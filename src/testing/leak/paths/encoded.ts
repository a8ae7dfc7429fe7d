import { throughState } from './through-state.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** A secret that stands in the state in an encoded form. */
export const encodedPaths = [
  throughState('encoded: Basic authorization header', (canary) => `Authorization: Basic ${base64(`user:${canary}`)}`),
  throughState('encoded: Kubernetes secret', (canary) => `data:\n  item: ${base64(canary)}\n`),
  throughState('encoded: base64, second alignment', (canary) => base64(`:${canary}`)),
  throughState('encoded: base64, third alignment', (canary) => base64(`a:${canary}!`)),
  throughState('encoded: base64url', (canary) => Buffer.from(`{"item":"${canary}"}`).toString('base64url')),
  throughState('encoded: hex', (canary) => Buffer.from(canary).toString('hex')),
  throughState('encoded: hex in upper case', (canary) => Buffer.from(canary).toString('hex').toUpperCase()),
  throughState('encoded: percent', (canary) => `item=${encodeURIComponent(`"${canary}"`)}`),
  throughState('encoded: percent, every byte', (canary) => `item=${canary.replace(/./g, percent)}`),
  throughState('encoded: unicode escapes', (canary) => `{"item":"${canary.replace(/./g, unicodeEscape)}"}`),
  throughState('encoded: base64 of JSON of JSON', (canary) => base64(JSON.stringify(JSON.stringify({ item: canary })))),
  throughState('encoded: decimal bytes as text', (canary) => JSON.stringify([...Buffer.from(canary)])),
  throughState('encoded: array of byte values', (canary) => ({ body: [...Buffer.from(canary)] })),
  throughState('private key: text', (canary) => `The key:\n${canary}`, { canary: 'pem' }),
  throughState('private key: JSON inside a string', (canary) => JSON.stringify({ item: canary }), { canary: 'pem' }),
  throughState(
    'private key: JSON inside JSON',
    (canary) => JSON.stringify({ body: JSON.stringify({ item: canary }) }),
    {
      canary: 'pem',
    },
  ),
  throughState('private key: base64 of the text', (canary) => base64(canary), { canary: 'pem' }),
  throughState('private key: bytes', (canary) => ({ body: Buffer.from(canary) }), { canary: 'pem' }),
]

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16)}`
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}
