import type { RuleContext } from '../detect/types.js'

const PARTS = ['key', 'api', 'token', 'secret']

/**
 * Field names and words that speak of a provider's credential. Its name alone would not do: ids of the same shape stand
 * beside it (`datadog.trace_id`). Few words, because each is a literal that every scan looks for; under other names of
 * credentials (`acme_client_secret`) the built-in rule for fields finds the value anyway.
 * @param names lower case, as people write them; several spellings where they differ by more than separators.
 * @param headers what the provider calls the credential on the wire, with what follows up to the value.
 */
export function credentialOf(names: readonly string[], headers: readonly string[] = []): RuleContext {
  const compact = new Set(names.map((name) => name.replace(/[^a-z0-9]/g, '')))
  const keys = [...compact].flatMap((name) => PARTS.map((part) => name + part))
  return { keys, near: [...names.flatMap((name) => PARTS.map((part) => `${name} ${part}`)), ...keys, ...headers] }
}
