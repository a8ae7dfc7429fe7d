import type { RuleContext } from '../detect/types.js'

const PARTS = ['key', 'token', 'secret', 'api']
/** Not `api` alone: an API answers with ids. */
const WORDS = ['key', 'token', 'secret', 'api key', 'api token']

/**
 * Field names and words that speak of a provider's credential. Its name alone would not do: ids of the same shape stand
 * beside it (`datadog.trace_id`). Few words, because each is a literal that every scan looks for; under other names of
 * credentials (`acme_client_secret`) the built-in rule for fields finds the value anyway.
 * @param names lower case, as people write them; several spellings where they differ by more than separators.
 * @param headers what the provider calls the credential on the wire, with what follows up to the value.
 */
export function credentialOf(names: readonly string[], headers: readonly string[] = []): RuleContext {
  const compact = [...new Set(names.map((name) => name.replace(/[^a-z0-9]/g, '')))]
  const joined = (parts: readonly string[]) => compact.flatMap((name) => parts.map((part) => name + part))
  const spoken = names.flatMap((name) => WORDS.map((word) => `${name} ${word}`))
  return { keys: joined(PARTS), near: [...spoken, ...joined(PARTS.filter((part) => part !== 'api')), ...headers] }
}
