import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { sqliteSaver } from '../support/bare-savers.js'
import { protect, sqliteVault } from '../support/wrapped-saver.js'

describeLeaks({
  name: 'SqliteSaver with a SQLite vault',
  saver: protect(sqliteSaver, sqliteVault),
  mark: secret,
  bare: { saver: sqliteSaver },
})
