import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { keptPaths } from '../../src/testing/leak/paths/index.js'
import { embeddingPaths } from '../../src/testing/leak/paths/stores.js'
import { memoryKept, protectKept } from '../support/kept-targets.js'

describeLeaks({
  name: 'InMemoryStore and InMemoryCache',
  saver: protectKept(memoryKept),
  mark: secret,
  paths: [...keptPaths, ...embeddingPaths],
  bare: { saver: memoryKept },
})
