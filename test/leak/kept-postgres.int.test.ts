import { inject } from 'vitest'
import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { keptPaths } from '../../src/testing/leak/paths/index.js'
import { postgresKept, protectKept } from '../support/kept-targets.js'

const open = () => postgresKept(inject('postgresUrl'))

describeLeaks({
  name: 'PostgresStore',
  saver: protectKept(open),
  mark: secret,
  // Refused by the bare store, too, which takes no `_` in a namespace; its error quotes the label.
  paths: keptPaths.filter(({ name }) => name !== 'store: namespace'),
  bare: { saver: open },
})
