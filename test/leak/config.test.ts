import { expect, it } from 'vitest'
import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { configPaths } from '../../src/testing/leak/paths/configs.js'
import { runLeakSuite } from '../../src/testing/leak/suite.js'
import { hoardingSaver } from '../support/hoarding-saver.js'
import { protect } from '../support/wrapped-saver.js'

describeLeaks({
  name: 'a saver that keeps every configuration it is handed',
  saver: protect(hoardingSaver),
  mark: secret,
  durabilities: ['sync'],
  bare: { saver: hoardingSaver },
})

it('finds the secret of a configuration when such a saver is bare', async () => {
  const { rows } = await runLeakSuite({ name: 'bare', saver: hoardingSaver, paths: configPaths })
  for (const { sightings } of rows) expect(sightings.map(({ area }) => area)).toContain('config')
})
