import { expect, it } from 'vitest'
import { missingPeer } from '../src/load-optional.js'

it('names what needs the missing package and the command that installs it, and keeps only the code of the cause', async () => {
  const name = 'a-package-that-is-not-there'
  const load = import(name).catch(missingPeer('A test needs the package x', 'npm install x'))
  await expect(load).rejects.toMatchObject({
    code: 'ERR_DEPENDENCY_MISSING',
    message: 'A test needs the package x, and it could not be loaded. Run: npm install x',
    retryable: false,
  })
  const error = await load.catch((reason: Error) => reason)
  expect(Object.keys(error.cause as object)).toEqual(['code'])
})
