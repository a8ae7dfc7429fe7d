import { readClock } from '../../ledger-options.js'
import { type Check, ok, warn } from '../check.js'

/** Claims end by the store's clock; tokens and certificates by the host's. More than this apart, people notice. */
const MAX_SKEW_MS = 10_000

export const clock: Check = {
  id: 'clock',
  async run({ store }) {
    const before = Date.now()
    const stored = await readClock(store)
    const after = Date.now()
    const skewMs = Math.round(stored - (before + after) / 2)
    const seconds = `${(Math.abs(skewMs) / 1_000).toFixed(1)} s ${skewMs < 0 ? 'behind' : 'ahead of'} this host's`
    if (Math.abs(skewMs) <= MAX_SKEW_MS + (after - before)) return [ok(`The store's clock is ${seconds}.`)]
    return [warn(`The store's clock is ${seconds}.`, 'Set both by NTP: claims end by the store, tokens by the host.')]
  },
}
