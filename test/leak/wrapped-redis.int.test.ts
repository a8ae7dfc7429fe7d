import { describe, expect, it } from 'vitest'
import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { createCanary, findCanaries } from '../../src/testing/leak/index.js'
import { redisProgram } from '../services/redis-server.js'
import { memorySaver } from '../support/bare-savers.js'
import { redisVault } from '../support/redis-vault.js'
import { protect } from '../support/wrapped-saver.js'

const reason = redisProgram() ? '' : ' (skipped: the program redis-server is missing; Debian package redis-server)'

describe.skipIf(redisProgram() === undefined)(`a vault in Redis${reason}`, () => {
  it('is searched in its keys, its append-only file, its snapshot and its slow log, so that the suite can fail', async () => {
    const { store, dump, close } = await redisVault()
    const canary = createCanary('token')
    await store.setup()
    await store.writeNote('note', canary)
    const sightings = findCanaries(await dump(), new Map([['note', canary]]))
    const places = new Set(sightings.map(({ place }) => place.replace(/\d+/g, 'N')))
    expect([...places].join()).toMatch(/redis key/)
    expect([...places].join()).toMatch(/aof/)
    expect([...places].join()).toMatch(/rdb/)
    await store.close()
    await close()
  })

  describeLeaks({
    name: 'MemorySaver with a Redis vault',
    saver: protect(memorySaver, redisVault),
    mark: secret,
    bare: { saver: memorySaver },
  })
})
