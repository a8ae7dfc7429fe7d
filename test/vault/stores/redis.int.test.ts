import { describe, inject } from 'vitest'
import { RedisClaimStore } from '../../../src/redis.js'
import { describeClaimStore } from '../../../src/testing/describe-claim-store.js'
import { newPrefix } from '../../services/redis-prefix.js'

const url = inject('redisUrl')

describe.skipIf(url === '')('on a real Redis', { timeout: 120_000 }, () => {
  describeClaimStore('RedisClaimStore', () => {
    const { prefix, dispose } = newPrefix(url)
    return { open: () => RedisClaimStore.fromConnString(url, { prefix }), dispose }
  })
})
