import { Redis } from 'ioredis'

/** A prefix of the test's own in whatever Redis we were given. */
export function newPrefix(url: string): { prefix: string; dispose(): Promise<void> } {
  const prefix = `test-${crypto.randomUUID()}`
  return {
    prefix,
    dispose: async () => {
      const client = new Redis(url)
      for await (const keys of client.scanStream({ match: `{${prefix}}:*`, count: 1000 })) {
        if (keys.length > 0) await client.unlink(keys)
      }
      client.disconnect()
    },
  }
}
