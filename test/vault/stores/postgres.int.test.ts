import { inject } from 'vitest'
import { PostgresClaimStore } from '../../../src/postgres.js'
import { describeClaimStore } from '../../../src/testing/describe-claim-store.js'
import { newSchema } from '../../services/postgres-schema.js'

describeClaimStore('PostgresClaimStore', () => {
  const { schema, drop } = newSchema()
  return { open: () => PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema }), dispose: drop }
})
