import { expect, inject, it } from 'vitest'
import { leakPaths } from '../../src/testing/leak/paths/index.js'
import { runLeakSuite } from '../../src/testing/leak/suite.js'
import { postgresSaver } from '../support/postgres-saver.js'
import { describeBareTable } from './bare-table.js'

const saver = () => postgresSaver(inject('postgresUrl'))

describeBareTable('PostgresSaver', saver)

it('keeps the pending sends of an old checkpoint, unlike the savers that copy a checkpoint field by field', async () => {
  const paths = leakPaths.filter(({ name }) => name === 'old layout: pending_sends')
  const { rows } = await runLeakSuite({ name: 'bare', saver, paths, durabilities: ['sync'] })
  expect(rows.flatMap(({ sightings }) => sightings.map(({ area }) => area))).toContain('checkpoint')
})
