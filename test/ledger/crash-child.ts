import { ClaimVault, KeyRing } from '../../src/index.js'
import { PostgresClaimStore } from '../../src/postgres.js'
import { SqliteClaimStore } from '../../src/sqlite.js'

/** Hands off without end, several at a time, and says so once it goes; its parent kills it. */
const [address, key, schema] = process.argv.slice(2) as [string, string, string?]
const vault = await ClaimVault.open({
  store:
    schema === undefined
      ? SqliteClaimStore.fromConnString(address)
      : PostgresClaimStore.fromConnString(address, { schema }),
  keys: new KeyRing(key),
  sweep: 'manual',
})
const principal = { sub: 'child' }

async function work(thread: string): Promise<never> {
  for (;;) {
    const url = await vault.create('value', { threadId: thread, principal })
    await vault.claim(url, { principal, threadId: thread })
    process.stdout.write('.')
  }
}
await Promise.all(['a', 'b', 'c', 'd'].map(work))
