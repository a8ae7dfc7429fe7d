import { inject } from 'vitest'
import { postgresSaver } from '../support/postgres-saver.js'
import { describeAdoptedThread } from './adopted-thread.js'
import { describeEqualRuns } from './equal-runs.js'
import { describeUnauthorizedReader } from './unauthorized-reader.js'

const open = () => postgresSaver(inject('postgresUrl'))

describeEqualRuns('PostgresSaver', open)
describeAdoptedThread('PostgresSaver', open)
describeUnauthorizedReader('PostgresSaver', open)
