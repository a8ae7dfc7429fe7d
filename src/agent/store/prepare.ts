import type { Operation, SearchOperation } from '@langchain/langgraph-checkpoint'
import { SecretInFilterError } from '../../errors.js'
import type { Asker } from '../kept/asker.js'
import type { Keeper } from '../kept/keeper.js'
import type { KeptValue } from '../kept/kept-value.js'
import { comparedIn, groupOf, isPut, isSearch, itemAt, keptOf, scopesIn } from './store-call.js'

/**
 * Operations as the inner store may have them. A promise only where something has to be waited for; then what they hold is
 * what it was when the call was made.
 * @param after what has to be done before them, if anything has.
 */
export function prepare(
  operations: readonly Operation[],
  asker: Asker,
  keeper: Keeper,
  after: Promise<unknown> | undefined,
): Operation[] | Promise<Operation[]> {
  const isSealing = keeper.options.writes === 'seal'
  const given = isSealing ? operations.map((each) => withoutSecrets(each, asker, keeper)) : [...operations]
  const filters = isSealing ? given.filter(isSearch).filter(({ filter }) => filter !== undefined) : []
  const dead = deadIn(given)
  const mustWait = filters.length > 0 || dead.length > 0
  const puts = given.filter(isPut).filter(({ value }) => value !== null)
  const sealed = keeper.seal(puts.map(keptOf), asker, after ?? (mustWait ? Promise.resolve() : undefined))
  if (!(sealed instanceof Promise)) return withValues(given, sealed)
  return whenAllowed(sealed, filters, dead, asker, keeper).then((values) => withValues(given, values))
}

/** Nothing is erased for a batch that is refused. */
async function whenAllowed(
  sealed: Promise<readonly KeptValue[]>,
  filters: readonly SearchOperation[],
  dead: readonly string[],
  asker: Asker,
  keeper: Keeper,
): Promise<readonly KeptValue[]> {
  const [values] = await Promise.all([sealed, ...filters.map((each) => checkFilter(each, asker, keeper))])
  if (dead.length > 0) await keeper.erase(dead, asker)
  return values
}

/** Items that are deleted, and not put again in the same batch. */
function deadIn(operations: readonly Operation[]): readonly string[] {
  const last = new Map(operations.filter(isPut).map((each) => [scopesIn(each)[0]!, each.value] as const))
  return [...last].filter(([, value]) => value === null).map(([scopeId]) => scopeId)
}

function withValues(operations: readonly Operation[], values: readonly KeptValue[]): Operation[] {
  let next = 0
  return operations.map((each) => {
    if (!isPut(each) || each.value === null) return each
    const { value } = values[next++]!
    return value === each.value ? each : { ...each, value: value as Record<string, unknown> }
  })
}

/** The query of a search goes to whoever embeds it. */
function withoutSecrets(operation: Operation, asker: Asker, keeper: Keeper): Operation {
  if (!isSearch(operation) || typeof operation.query !== 'string') return operation
  const query = keeper.redact(operation.query, groupOf(operation.namespacePrefix), asker)
  return query === operation.query ? operation : { ...operation, query }
}

async function checkFilter({ namespacePrefix, filter }: SearchOperation, asker: Asker, keeper: Keeper): Promise<void> {
  if (await keeper.holdsSecret(itemAt(namespacePrefix, ''), comparedIn(filter ?? {}), asker))
    throw new SecretInFilterError('A filter of a store cannot hold a secret: every item has a claim of its own.')
}
