import { afterEach, beforeEach, describe } from 'vitest'
import type { ClaimStore } from '../vault/claim-store.js'
import { describeChains } from './claim-store/chains.js'
import { describeClaiming } from './claim-store/claiming.js'
import { describeCommits } from './claim-store/commits.js'
import type { ClaimStoreFixture, StoreContext } from './claim-store/harness.js'
import { describeKeys } from './claim-store/keys.js'
import { describeLedger } from './claim-store/ledger.js'
import { describeQueries } from './claim-store/queries.js'
import { describeRecords } from './claim-store/records.js'
import { describeSweeps } from './claim-store/sweeps.js'
import { describeUpkeep } from './claim-store/upkeep.js'

export type { ClaimStoreFixture } from './claim-store/harness.js'

/**
 * The specification of a `ClaimStore`, as vitest tests.
 * @param createFixture makes empty data for one test; called before each.
 */
export function describeClaimStore(
  name: string,
  createFixture: () => ClaimStoreFixture | Promise<ClaimStoreFixture>,
): void {
  describe(name, () => {
    let fixture: ClaimStoreFixture
    let handles: ClaimStore[]
    const again = async (): Promise<ClaimStore> => {
      const handle = await fixture.open()
      handles.push(handle)
      await handle.setup()
      return handle
    }
    const context: StoreContext = {
      get store() {
        return handles[0]!
      },
      again,
    }

    beforeEach(async () => {
      handles = []
      fixture = await createFixture()
      await again()
    })
    afterEach(async () => {
      for (const handle of handles) await handle.close()
      await fixture.dispose?.()
    })

    describe('a vault and its keys', () => describeKeys(context))
    describe('a commit', () => describeCommits(context))
    describe('claiming', () => describeClaiming(context))
    describe('queries', () => describeQueries(context))
    describe('sweeping', () => describeSweeps(context))
    describe('an access record', () => describeRecords(context))
    describe('the ledger', () => describeLedger(context))
    describe("the ledger's chains", () => describeChains(context))
    describe('upkeep', () => describeUpkeep(context))
  })
}
