import { expect, it } from 'vitest'
import { secret } from '../../src/index.js'
import { describeLeaks } from '../../src/testing/leak/describe.js'
import { configPaths } from '../../src/testing/leak/paths/configs.js'
import { controlPaths } from '../../src/testing/leak/paths/control.js'
import { functionalPaths } from '../../src/testing/leak/paths/functional.js'
import { inputPaths } from '../../src/testing/leak/paths/input.js'
import { subgraphPaths } from '../../src/testing/leak/paths/subgraphs.js'
import { untrackedPaths } from '../../src/testing/leak/paths/untracked.js'
import { runLeakSuite } from '../../src/testing/leak/suite.js'
import { hoardingSaver } from '../support/hoarding-saver.js'
import { protect } from '../support/wrapped-saver.js'

describeLeaks({
  name: 'a saver that keeps every configuration it is handed',
  saver: protect(hoardingSaver),
  mark: secret,
  durabilities: ['sync'],
  paths: [...configPaths, ...inputPaths, ...controlPaths, ...functionalPaths, ...subgraphPaths, ...untrackedPaths],
  bare: { saver: hoardingSaver },
})

it('finds the secret of a configuration when such a saver is bare', async () => {
  const { rows } = await runLeakSuite({ name: 'bare', saver: hoardingSaver, paths: configPaths })
  for (const { sightings } of rows) expect(sightings.map(({ area }) => area)).toContain('config')
})
