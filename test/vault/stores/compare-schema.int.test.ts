import { afterEach, describe, expect, inject, it } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { compareSchema } from '../../../src/vault/stores/compare-schema.js'
import { SCHEMA_MANIFEST } from '../../../src/vault/stores/schema-manifest.js'
import { adminQuery, newSchema } from '../../services/postgres-schema.js'

const { schema, drop } = newSchema()
const stores: PostgresClaimStore[] = []
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await drop()
})

async function openStore(name = schema): Promise<PostgresClaimStore> {
  const store = PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema: name })
  stores.push(store)
  await store.setup()
  return store
}

async function compareAfter(sql: string) {
  const store = await openStore()
  await adminQuery(`SET search_path = ${schema}; ${sql}`)
  return compareSchema(store)
}

describe('a live PostgreSQL vault against its manifest', () => {
  it('is what the manifest says: npm run generate -- --postgres writes it', async () => {
    expect(await (await openStore()).describeSchema()).toEqual(SCHEMA_MANIFEST.postgres)
  })

  it('is compared without its name, whatever that looks like', async () => {
    await adminQuery('DROP SCHEMA IF EXISTS c CASCADE')
    expect(await compareSchema(await openStore('c'))).toEqual([])
    await adminQuery('DROP SCHEMA c CASCADE')
  })

  it.each([
    ['an index that was dropped', 'DROP INDEX claims_to_sweep', 'missing', 'index claims_to_sweep'],
    ['a trigger that was dropped', 'DROP TRIGGER ledger_keeps ON ledger', 'missing', 'trigger ledger_keeps'],
    ['a trigger that was switched off', 'ALTER TABLE ledger DISABLE TRIGGER ALL', 'changed', 'trigger ledger_keeps'],
    ['a column that was dropped', 'ALTER TABLE ledger DROP COLUMN nodes', 'missing', 'column ledger.nodes'],
    [
      'a constraint that was dropped',
      'ALTER TABLE places DROP CONSTRAINT places_claim_id_fkey',
      'missing',
      'constraint places.places_claim_id_fkey',
    ],
    [
      'a function that does something else',
      'CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
      'changed',
      'function append_only',
    ],
    [
      'a trigger that somebody added',
      `CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
       CREATE TRIGGER spy BEFORE INSERT ON claims FOR EACH ROW EXECUTE FUNCTION spy()`,
      'unexpected',
      'trigger spy',
    ],
  ])('names %s', async (_, sql, kind, object) => {
    expect(await compareAfter(sql)).toContainEqual({ kind, object })
  })
})
