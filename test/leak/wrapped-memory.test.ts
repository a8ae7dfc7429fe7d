import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { memorySaver } from '../support/bare-savers.js'
import { protect, sqliteVault } from '../support/wrapped-saver.js'

describeLeaks({
  name: 'MemorySaver with a SQLite vault',
  saver: protect(memorySaver, sqliteVault),
  mark: secret,
  bare: { saver: memorySaver },
})
