import { throughState } from './through-state.js'

/**
 * Secrets that no pattern matches. Marked in code (`secret`), by a field path (`value.marked.token`), by a telling field
 * name, or known because the thread has seen them before.
 */
export const markedPaths = [
  throughState('marked: string', (canary, { mark }) => ({ item: mark(canary) }), { canary: 'opaque', needs: 'mark' }),
  throughState('marked: whole channel', (canary, { mark }) => mark(canary), { canary: 'opaque', needs: 'mark' }),
  throughState('marked: object', (canary, { mark }) => ({ item: mark({ user: 'me', parts: [canary, 1] }) }), {
    canary: 'opaque',
    needs: 'mark',
  }),
  throughState('field path: string', (canary) => ({ marked: { item: canary } }), { canary: 'opaque', needs: 'field' }),
  throughState('field path: object', (canary) => ({ marked: { item: { user: 'me', parts: [canary] } } }), {
    canary: 'opaque',
    needs: 'field',
  }),
  ...['password', 'api_key', 'clientSecret', 'access_token', 'private_key'].map((field) =>
    throughState(`field name: ${field}`, (canary) => ({ login: { user: 'me', [field]: canary } }), {
      canary: 'opaque',
      needs: 'name',
    }),
  ),
  throughState('field name: authorization', (canary) => ({ headers: { authorization: `Bearer ${canary}` } }), {
    canary: 'opaque',
    needs: 'name',
  }),
  throughState('field name: in JSON inside a string', (canary) => JSON.stringify({ user: 'me', password: canary }), {
    canary: 'opaque',
    needs: 'name',
  }),
  throughState('field name: in a Map', (canary) => new Map([['password', canary]]), {
    canary: 'opaque',
    needs: 'name',
  }),
  throughState(
    'known: in prose, beside its marked original',
    (canary, { mark }) => [`It is ${canary}.`, mark(canary)],
    {
      canary: 'opaque',
      needs: 'known',
    },
  ),
  throughState(
    'known: in base64, beside its marked original',
    (canary, { mark }) => [mark(canary), Buffer.from(`me:${canary}`).toString('base64')],
    { canary: 'opaque', needs: 'known' },
  ),
  throughState(
    'known: in an object key, beside its marked original',
    (canary, { mark }) => [mark(canary), { [canary]: 1 }],
    {
      canary: 'opaque',
      needs: 'known',
    },
  ),
]
