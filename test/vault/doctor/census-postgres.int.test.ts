import { randomUUID } from 'node:crypto'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { openCheckpoints } from '../../../src/vault/doctor/checkpoints/source.js'
import { censusTests } from './census.js'

describe('doctor --checkpoints on PostgreSQL', () => {
  const url = inject('postgresUrl')
  censusTests(async () => {
    const schema = `census_${randomUUID().slice(0, 8)}`
    const pool = new pg.Pool({ connectionString: url, max: 4 })
    const inner = new PostgresSaver(pool, undefined, { schema })
    await inner.setup()
    return {
      inner,
      open: () => openCheckpoints(url, schema),
      close: async () => {
        await pool.query(`drop schema "${schema}" cascade`)
        await pool.end()
      },
    }
  })

  it('refuses a database without checkpoints', async () => {
    await expect(openCheckpoints(url, `none_${randomUUID().slice(0, 8)}`)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    })
  })
})
