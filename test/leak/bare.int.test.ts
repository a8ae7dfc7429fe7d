import { inject } from 'vitest'
import { postgresSaver } from '../support/postgres-saver.js'
import { describeBareTable } from './bare-table.js'

describeBareTable('PostgresSaver', () => postgresSaver(inject('postgresUrl')), true)
