import { afterEach, describe, expect, inject, it } from 'vitest'
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

describe('a vault of an older version in PostgreSQL', () => {
  describeSchemaVersions({
    setUpVersion: async (version) => {
      await adminQuery(`CREATE SCHEMA ${schema}; ${postgresMigration(0, qualifier(schema), version)}`)
    },
    store: () => {
      const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema, maxConnections: 2 })
      stores.push(store)
      return store
    },
    raw: (sql) => adminQuery(`SET search_path = ${schema}; ${sql}`),
    latest: 4,
    nextSeq: "nextval('ledger_seq')",
    bytes: (hex) => `'\\x${hex}'::bytea`,
    checkAsVersion: async (version) => {
      const tables = await adminQuery(
        'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename = ANY ($2)',
        [schema, VAULT_TABLES],
      )
      const [row] = await adminQuery(`SELECT version FROM ${schema}.schema_version`)
      checkSchema({ tables: tables.map(({ name }) => String(name)), version: Number(row?.version) }, version)
    },
  })
  it('still has the function that a running process of version 2 commits with', async () => {
    const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema })
    stores.push(store)
    await adminQuery(`CREATE SCHEMA ${schema}; ${postgresMigration(0, qualifier(schema), 2)}`)
    await store.setup()
    const arguments_ = Array.from({ length: 9 }, () => 'NULL').join(', ')
    const [row] = await adminQuery(`SELECT ${schema}.commit_change(${arguments_}) AS now`)
    expect(Number(row?.now)).toBeGreaterThan(0)
  })
})
