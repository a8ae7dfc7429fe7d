import { describe } from 'vitest'
import { SqliteClaimStore } from '../../src/sqlite.js'
import { describeClaimLives } from './claim-lives.js'
import { temporaryVaults } from './stores/temporary-vaults.js'

describe('on SQLite', () => {
  describeClaimLives(() => {
    const vaults = temporaryVaults()
    const file = vaults.file()
    return { open: () => SqliteClaimStore.fromConnString(file), dispose: vaults.dispose }
  })
})
