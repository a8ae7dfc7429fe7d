import type { ThreadSecrets } from '../saver/thread-secrets.js'
import { mapThrown } from '../saver/thrown.js'

/** What was thrown, with claim URLs in the place of its secrets; the very error where it is clean. */
export async function thrownWithout(error: unknown, secrets: ThreadSecrets, channel: string): Promise<unknown> {
  const stored: Promise<void>[] = []
  const scrubbed = mapThrown(error, (value) => {
    const covered = secrets.cover(value, channel)
    stored.push(covered.stored)
    return covered.value
  })
  await Promise.all(stored)
  return scrubbed
}
