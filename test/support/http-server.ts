import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

export interface HttpServer {
  readonly url: string
  close(): Promise<void>
}

/** Serves a fetch handler (a Hono app's `fetch`) over a real socket, streams included. */
export async function serve(handler: (request: Request) => Response | Promise<Response>): Promise<HttpServer> {
  const server = createServer(async (incoming, outgoing) => {
    const response = await handler(toRequest(incoming))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (response.body) for await (const chunk of response.body) outgoing.write(chunk)
    outgoing.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function toRequest(incoming: IncomingMessage): Request {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string])
  const init: RequestInit & { duplex?: 'half' } = { method: incoming.method ?? 'GET', headers }
  if (incoming.method !== 'GET' && incoming.method !== 'HEAD') {
    init.body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
    init.duplex = 'half'
  }
  return new Request(`http://${incoming.headers.host}${incoming.url}`, init)
}
