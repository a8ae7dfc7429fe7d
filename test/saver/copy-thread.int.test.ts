import { describe, inject } from 'vitest'
import { postgresSaver } from '../support/postgres-saver.js'
import { describeCopyThread } from './copy-thread-cases.js'

const url = inject('postgresUrl')

describe('on PostgresSaver, which keeps the first version of a channel and of a write', () =>
  describeCopyThread(() => postgresSaver(url)))
