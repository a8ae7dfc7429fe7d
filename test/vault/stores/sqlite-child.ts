// A process of its own, for tests of what several processes do to one vault file.
import { setTimeout as sleep } from 'node:timers/promises'
import { SqliteClaimStore } from '../../../src/sqlite.js'
import { bytes, claimRow, ledgerRecord, loadRow, place, put } from '../../../src/testing/claim-store/harness.js'
import type { ClaimId } from '../../../src/vault/claim-store.js'

const [job, file = '', argument = ''] = process.argv.slice(2)
const store = SqliteClaimStore.fromConnString(file)
const startAt = Number(process.env.START_AT ?? 0)
await sleep(Math.max(0, startAt - Date.now()))
await store.setup()

/** Prints how many claims of a limited one this process won. */
async function claim(id: ClaimId): Promise<void> {
  let won = 0
  for (;;) {
    const row = await loadRow(store, id)
    if (row === undefined || row.claimed === row.maxClaims) break
    const update = [{ row: { ...row, claimed: row.claimed + 1, mac: bytes() }, expectedMac: row.mac }]
    if ((await store.commit({ update })).committed) won++
  }
  console.log(won)
}

/** Prints an id once its commit is durable; runs until it is killed. */
async function mintForever(): Promise<void> {
  for (;;) {
    const rows = [claimRow(), claimRow()]
    const ids = rows.map((row) => row.id)
    await put(store, {
      insert: rows,
      places: ids.map((id) => [id, place('a')]),
      runs: ids.map((id) => [id, 'run-1']),
      events: [ledgerRecord({ claims: ids })],
    })
    process.stdout.write(`${ids.join(' ')}\n`)
    await sleep(0)
  }
}

if (job === 'claim') await claim(argument as ClaimId)
if (job === 'mint') await mintForever()
await store.close()
