import { expect, it } from 'vitest'
import { namePaths } from '../../src/testing/leak/paths/names.js'
import { runLeakSuite } from '../../src/testing/leak/suite.js'
import { memorySaver } from '../support/bare-savers.js'
import { protect } from '../support/wrapped-saver.js'

it('refuses a name that is a secret for certain with a code of its own, and does not repeat the name', async () => {
  const { rows } = await runLeakSuite({ name: 'names', saver: protect(memorySaver), paths: namePaths })
  expect(rows).toHaveLength(namePaths.length * 3)
  for (const { path, durability, outcome } of rows) {
    expect(outcome, `${path.name}, ${durability}`).toContain('ERR_SECRET_IN_NAME')
    expect(outcome, `${path.name}, ${durability}`).not.toContain('<canary>')
  }
})
