import { throughState } from './through-state.js'

class Credentials {
  readonly kind = 'bearer'
  constructor(readonly value: string) {}
}

class Session {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  toJSON(): unknown {
    return { kind: 'session', current: this.#value }
  }
}

/** Shapes in which a secret stands in a channel's value. */
export const valuePaths = [
  throughState('state: string', (canary) => canary),
  throughState('state: nested field', (canary) => ({ list: [{ deep: { item: canary } }] })),
  throughState('state: inside prose', (canary) => `Use ${canary}, and tell nobody.`),
  throughState('state: JSON inside a string', (canary) => JSON.stringify({ reply: 'a\n"b"', item: canary })),
  throughState('state: JSON inside JSON', (canary) => JSON.stringify({ body: JSON.stringify({ item: canary }) })),
  throughState(
    'state: password in a connection string',
    (canary) => `postgres://app:${canary}@db.example.com:5432/app`,
    {
      canary: 'opaque',
    },
  ),
  throughState('state: twice in one text', (canary) => `👉 ${canary} und ${canary} — é`),
  throughState('state: user information of a URL text', (canary) => `https://user:${canary}@example.com/path`),
  throughState('state: query of a URL text', (canary) => `https://example.com/?a=1&item=${canary}#end`),
  throughState('state: URL object', (canary) => new URL(`https://example.com/?item=${canary}`)),
  throughState('state: class instance', (canary) => new Credentials(canary)),
  throughState('state: output of toJSON', (canary) => new Session(canary)),
  throughState('state: getter', (canary) => ({
    get item() {
      return canary
    },
  })),
  throughState('state: object key', (canary) => ({ [canary]: 1 })),
  throughState('state: Map key', (canary) => new Map([[canary, 1]])),
  throughState('state: Map value', (canary) => new Map([['item', { deep: canary }]])),
  throughState('state: Set', (canary) => new Set([1, canary])),
  throughState('state: RegExp source', (canary) => new RegExp(`^${canary}$`, 'i')),
  throughState('state: Error message', (canary) => ({ failure: new Error(`401 for ${canary}`) })),
  throughState('state: top-level Error', (canary) => new TypeError(`401 for ${canary}`)),
  throughState('state: object like a serialized constructor', (canary) => ({
    lc: 1,
    type: 'not_implemented',
    id: [canary],
  })),
  throughState('state: nested Uint8Array', (canary) => ({ body: new TextEncoder().encode(`token=${canary};`) })),
  throughState('state: Buffer', (canary) => ({ body: Buffer.from(`token=${canary};`) })),
  throughState('state: top-level Uint8Array', (canary) => new TextEncoder().encode(`token=${canary};`), {
    unreadable: true,
  }),
]
