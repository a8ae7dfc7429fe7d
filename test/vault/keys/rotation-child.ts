// A process of its own, for a rotation that is killed half way. Slow on purpose, so that there is a half way.
import { setTimeout as sleep } from 'node:timers/promises'
import { ClaimVault } from '../../../src/index.js'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { ringOf } from './vaults.js'

const [file = ''] = process.argv.slice(2)
const { OLD = '', NEW = '' } = process.env
const store = SqliteClaimStore.fromConnString(file)
const slow = new Proxy(store, {
  get: (target, name) => {
    const member = Reflect.get(target, name)
    if (typeof member !== 'function') return member
    if (name !== 'rewrapBranchKey') return member.bind(target)
    return async (...args: unknown[]) => {
      await sleep(20)
      const answer = await member.apply(target, args)
      process.stdout.write('rewrapped\n')
      return answer
    }
  },
})
const vault = await ClaimVault.open({ store: slow, keys: ringOf(OLD, NEW), sweep: 'manual' })
await vault.rotateKeys()
process.stdout.write('done\n')
await vault.close()
