import { describe, inject } from 'vitest'
import { PostgresClaimStore } from '../../src/postgres.js'
import { RedisClaimStore } from '../../src/redis.js'
import { newSchema } from '../services/postgres-schema.js'
import { newPrefix } from '../services/redis-prefix.js'
import { describeAccessLives } from './access-lives.js'

describe('on PostgreSQL', () => {
  describeAccessLives(() => {
    const { schema, drop } = newSchema()
    return { open: () => PostgresClaimStore.fromConnString(inject('postgresUrl'), { schema }), dispose: drop }
  })
})

const redisUrl = inject('redisUrl')

describe.skipIf(redisUrl === '')('on Redis', () => {
  describeAccessLives(() => {
    const { prefix, dispose } = newPrefix(redisUrl)
    return { open: () => RedisClaimStore.fromConnString(redisUrl, { prefix }), dispose }
  })
})
