import { afterEach, describe, inject } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { postgresMigration } from '../../../src/vault/stores/postgres-schema.js'
import { qualifier } from '../../../src/vault/stores/postgres-sql.js'
import { checkSchema, VAULT_TABLES } from '../../../src/vault/stores/schema-version.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'
import { describeSchemaVersions } from './schema-versions.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await drop()
})

describe('a vault of version 1 in PostgreSQL', () => {
  describeSchemaVersions({
    setUpVersion1: async () => {
      await adminQuery(`CREATE SCHEMA ${schema}; ${postgresMigration(0, qualifier(schema), 1)}`)
    },
    store: () => {
      const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema, maxConnections: 2 })
      stores.push(store)
      return store
    },
    raw: (sql) => adminQuery(`SET search_path = ${schema}; ${sql}`),
    nextSeq: "nextval('ledger_seq')",
    bytes: (hex) => `'\\x${hex}'::bytea`,
    checkAsVersion1: async () => {
      const tables = await adminQuery(
        'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename = ANY ($2)',
        [schema, VAULT_TABLES],
      )
      const [row] = await adminQuery(`SELECT version FROM ${schema}.schema_version`)
      checkSchema({ tables: tables.map(({ name }) => String(name)), version: Number(row?.version) }, 1)
    },
  })
})
