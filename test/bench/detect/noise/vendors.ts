import { stockRules } from '../../../../src/rules/index.js'
import type { Make } from '../dice.js'
import { id, uuid } from './ids.js'

/** Every provider that a rule knows: agents talk about them all day, beside ids that open nothing. */
const VENDORS = [...new Set(stockRules.map(({ provider }) => provider))].filter((name) => name !== 'generic')

export const vendorLog: Make = (dice) =>
  dice
    .times(3, 12, () => {
      const vendor = dice.pick(VENDORS)
      return dice.pick([
        `[${vendor}] request ${uuid(dice)} finished in ${dice.whole(1, 900)} ms, etag ${dice.hex(32)}`,
        `${vendor}: uploaded ${dice.hex(64)} (${dice.whole(1, 900)} bytes)`,
        `GET https://api.${vendor.toLowerCase().replace(/[^a-z0-9]/g, '')}.com/v1/items/${dice.hex(24)} 200 x-request-id=${uuid(dice)}`,
        `Synced ${vendor} project ${dice.hex(20)} at revision ${dice.hex(40)}`,
      ])
    })
    .join('\n')

export const vendorAnswer: Make = (dice) =>
  JSON.stringify(
    dice.times(2, 8, () => ({
      provider: dice.pick(VENDORS),
      request_id: uuid(dice),
      trace_id: dice.hex(32),
      account: dice.hex(24),
      object: id(dice, 'record'),
    })),
  )

export const vendorProse: Make = (dice) =>
  dice
    .times(1, 4, () =>
      dice.pick([
        `The ${dice.pick(VENDORS)} job ${uuid(dice)} is done and its digest is ${dice.hex(64)}.`,
        `I asked ${dice.pick(VENDORS)} about run ${dice.hex(32)} and it answered with status ${dice.whole(200, 503)}.`,
        `Both ${dice.pick(VENDORS)} and ${dice.pick(VENDORS)} log in with a token; see commit ${dice.hex(40)}.`,
      ]),
    )
    .join(' ')
