import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCanary } from '../../src/testing/leak/canary.js'

/** What someone did at the service, as the service saw it. */
interface Use {
  /** The bearer token in the request's header. */
  readonly presented: string
  readonly accepted: boolean
  /** The process that asked, from its User-Agent. */
  readonly pid: number
}

export interface TokenService {
  readonly url: string
  readonly issued: readonly { readonly token: string; readonly pid: number }[]
  readonly uses: readonly Use[]
  close(): Promise<void>
}

/** Issues tokens at run time, and deploys for whoever presents one of them. */
export async function startTokenService(): Promise<TokenService> {
  const issued: { token: string; pid: number }[] = []
  const uses: Use[] = []
  const answer = (request: IncomingMessage): readonly [status: number, body: object] => {
    const pid = Number(/pid (\d+)/.exec(request.headers['user-agent'] ?? '')?.[1])
    if (request.url === '/token') {
      const token = createCanary('token')
      issued.push({ token, pid })
      return [200, { access_token: token, expires_in: 3600 }]
    }
    const presented = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    const accepted = issued.some(({ token }) => token === presented)
    uses.push({ presented, accepted, pid })
    return accepted ? [200, { status: 'live' }] : [401, { status: 'refused' }]
  }
  const server = createServer((request, response) => {
    const [status, body] = answer(request)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    issued,
    uses,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
