import type { Make } from '../dice.js'
import { lockfile, minified, sourceMap } from '../noise/blobs.js'
import { id, timestamp, uuid } from '../noise/ids.js'
import { vendorAnswer, vendorLog } from '../noise/vendors.js'
import { code, diff } from './code.js'
import { paragraph, sentence } from './prose.js'

const rows: Make = (dice) =>
  JSON.stringify({
    status: 'ok',
    nextPageToken: dice.fill('{{base64url:40}}'),
    rows: dice.times(4, 40, () => ({
      id: id(dice, 'record'),
      created_at: timestamp(dice),
      amount: dice.whole(1, 1e5),
      etag: `"${dice.hex(32)}"`,
      url: `https://example.com/orders/${uuid(dice)}?v=${dice.hex(8)}`,
      note: sentence(dice),
    })),
  })

const html: Make = (dice) =>
  `<!doctype html><html><head><title>${sentence(dice)}</title><link rel="stylesheet" href="/static/main.${dice.hex(8)}.css" integrity="sha384-${dice.bytes(48).toString('base64')}"></head><body>${dice
    .times(
      2,
      8,
      () =>
        `<div class="card_${dice.fill('{{base62:5}}')}" data-id="${dice.hex(24)}"><p>${paragraph(dice, 3)}</p></div>`,
    )
    .join('')}<form><input type="password" name="password" placeholder="Password"></form></body></html>`

const logs: Make = (dice) =>
  dice
    .times(4, 24, () => {
      const level = dice.pick(['INFO', 'WARN', 'DEBUG'])
      return `${timestamp(dice)} ${level} [${dice.hex(16)}] worker-${dice.whole(1, 9)} request_id=${uuid(dice)} status=${dice.whole(200, 503)} took=${dice.whole(1, 900)}ms ${sentence(dice)}`
    })
    .join('\n')

const trace: Make = (dice) =>
  [
    `TypeError: Cannot read properties of undefined (reading 'token')`,
    ...dice.times(
      4,
      12,
      () =>
        `    at ${dice.pick(['login', 'run', 'Object.<anonymous>'])} (/app/node_modules/@acme/core/dist/index.js:${dice.whole(1, 900)}:${dice.whole(1, 80)})`,
    ),
  ].join('\n')

const csv: Make = (dice) =>
  [
    'id,email,token_count,created,checksum',
    ...dice.times(
      4,
      20,
      () =>
        `${id(dice, 'record')},user${dice.whole(1, 999)}@example.com,${dice.whole(1, 9000)},${timestamp(dice)},${dice.hex(32)}`,
    ),
  ].join('\n')

const gitLog: Make = (dice) =>
  dice
    .times(
      3,
      14,
      () => `commit ${dice.hex(40)}\nAuthor: A <a@example.com>\nDate: ${timestamp(dice)}\n\n    ${sentence(dice)}\n`,
    )
    .join('\n')

const kinds: readonly Make[] = [
  rows,
  rows,
  rows,
  html,
  logs,
  logs,
  trace,
  vendorLog,
  vendorAnswer,
  csv,
  gitLog,
  code,
  code,
  diff,
  lockfile,
  minified,
  sourceMap,
]

/** What a tool answers. */
export const toolAnswer: Make = (dice) => dice.pick(kinds)(dice)
