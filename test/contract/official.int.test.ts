import { inject } from 'vitest'
import { postgresSaver } from '../support/postgres-saver.js'
import { describeOfficialSuite } from './official-suite.js'

describeOfficialSuite('@langchain/langgraph-checkpoint-postgres', () => postgresSaver(inject('postgresUrl')))
