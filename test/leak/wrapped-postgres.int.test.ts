import { inject } from 'vitest'
import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { postgresSaver } from '../support/postgres-saver.js'
import { postgresVault, protect } from '../support/wrapped-saver.js'

const url = inject('postgresUrl')

describeLeaks({
  name: 'PostgresSaver with a Postgres vault',
  saver: protect(() => postgresSaver(url), postgresVault(url)),
  mark: secret,
  bare: { saver: () => postgresSaver(url) },
})
