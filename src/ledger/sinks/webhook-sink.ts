import { plainEntry } from '../export/ndjson.js'
import { nameWebhook, sendWebhook, type WebhookOptions } from '../webhook.js'
import type { LedgerSink } from './ledger-sink.js'

/**
 * Posts events to an address, signed as the Standard Webhooks specification says.
 * @throws ConfigError for an address or a secret that cannot be used.
 */
export function webhookSink(options: WebhookOptions): LedgerSink {
  return {
    name: nameWebhook(options),
    deliver: async (entries) => {
      const id = `ledger-${entries[0]!.seq}-${entries.at(-1)!.seq}`
      await sendWebhook(options, id, { type: 'ledger.events', data: entries.map(plainEntry) })
    },
  }
}
