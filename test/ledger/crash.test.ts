import { afterAll, expect, it } from 'vitest'
import { crash } from './crash.js'
import { TamperedVault } from './tampered-vault.js'

afterAll(() => TamperedVault.dispose())

it('finds a ledger intact whose writers were killed in the midst of their work', async () => {
  const vault = TamperedVault.create()
  await vault.write(2)
  for (const claims of [1, 7, 200]) await crash(claims, vault.file, vault.key)
  const report = await vault.verify()
  expect(report).toMatchObject({ intact: true, writers: 4 })
  expect(report.records).toBeGreaterThan(400)
  await vault.seal()
  expect(await vault.verify()).toMatchObject({ intact: true, roots: 1 })
})
