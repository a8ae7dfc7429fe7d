import { afterEach, describe, inject } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'
import { describeLedgerTriggers } from './ledger-triggers.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await drop()
})

describe('records in PostgreSQL', () => {
  describeLedgerTriggers(
    {
      open: async () => {
        const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema })
        stores.push(store)
        await store.setup()
        return store
      },
      raw: (sql) => adminQuery(`SET search_path = ${schema}; ${sql}`),
      permitted: (through, work) =>
        `SELECT set_config('langgraph_secret_safe.prune_through', '${through}', true); ${work}`,
    },
    ['TRUNCATE ledger', 'TRUNCATE ledger_claims', 'TRUNCATE ledger_roots'],
  )
})
