import type { RuleContext } from '../detect/types.js'

const PARTS = ['key', 'api', 'token', 'secret', 'access', 'auth']
const WORDS = ['key', 'api', 'token', 'secret', 'auth']

/**
 * Field names and words that speak of a provider's credential. Its name alone would not do: ids of the same shape stand
 * beside it (`datadog.trace_id`).
 * @param names lower case, as people write them; several spellings where they differ by more than separators.
 * @param headers what the provider calls the credential on the wire, with what follows up to the value.
 */
export function credentialOf(names: readonly string[], headers: readonly string[] = []): RuleContext {
  const keys = names.flatMap((name) => PARTS.map((part) => name.replace(/[^a-z0-9]/g, '') + part))
  return { keys, near: [...names.flatMap((name) => WORDS.map((word) => `${name} ${word}`)), ...keys, ...headers] }
}
