import { InMemoryStore } from '@langchain/langgraph-checkpoint'
import { storeHarness } from '../../support/store-harness.js'
import { describeStore } from './behaviour.js'

const close = async () => {}

describeStore('InMemoryStore, bare', async () => ({ store: new InMemoryStore(), close }))
describeStore('InMemoryStore, wrapped', async () => ({ store: (await storeHarness()).store, close }))
describeStore('InMemoryStore, wrapped, for nobody', async () => ({
  store: (await storeHarness({ principal: null })).store,
  close,
}))
describeStore('InMemoryStore, wrapped, that only restores', async () => ({
  store: (await storeHarness({ writes: 'off' })).store,
  close,
}))
