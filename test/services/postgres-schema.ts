import pg from 'pg'
import { inject } from 'vitest'

/** Runs SQL as the superuser of the test database. */
export async function adminQuery(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

/** A schema of one test's own, so that tests can run at the same time in one database. */
export function newSchema(): { readonly schema: string; drop(): Promise<void> } {
  const schema = `vault_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`
  return {
    schema,
    drop: async () => {
      await adminQuery(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
    },
  }
}
