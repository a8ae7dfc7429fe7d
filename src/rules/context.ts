import type { RuleContext } from '../detect/types.js'

/**
 * Field names and words that speak of a provider's key or token. Its name alone would not do: ids of the same shape stand
 * beside it (`datadog.trace_id`). Few words, because each is a literal that every scan looks for; under other names of
 * credentials (`acme_client_secret`) the built-in rule for fields finds the value anyway.
 * @param names lower case, as people write them; several spellings where they differ by more than separators.
 * @param headers what the provider calls the credential on the wire, with what follows up to the value.
 */
export const credentialOf = (names: readonly string[], headers: readonly string[] = []): RuleContext =>
  context(names, ['key', 'token'], headers)

/** As `credentialOf`, for what the provider calls a secret. */
export const secretOf = (names: readonly string[], headers: readonly string[] = []): RuleContext =>
  context(names, ['secret', 'key'], headers)

function context(names: readonly string[], words: readonly string[], headers: readonly string[]): RuleContext {
  const compact = [...new Set(names.map((name) => name.replace(/[^a-z0-9]/g, '')))]
  const fields = compact.flatMap((name) => words.map((word) => name + word))
  // Prose says `api key`: an API alone answers with ids.
  const spoken = names.flatMap((name) => [...words, 'api key'].map((word) => `${name} ${word}`))
  return { keys: [...fields, ...compact.map((name) => `${name}api`)], near: [...spoken, ...fields, ...headers] }
}
