import { connect, createServer, type Server, type Socket } from 'node:net'

/** Stands between a client and a server, and cuts the connection when told, so that an answer is lost. */
export class CuttingProxy {
  /** Requests that were passed on from the moment when the answer was to be lost; what belongs to a new connection too. */
  readonly requests: string[] = []
  #isArmed = false
  #isCounting = false
  readonly #sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(target: number): Promise<CuttingProxy> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const proxy = new CuttingProxy(server, (server.address() as { port: number }).port)
    server.on('connection', (client) => proxy.#pass(client, connect(target, '127.0.0.1')))
    return proxy
  }

  /** The next request reaches the server; its answer does not come back, and the connection is gone. */
  loseNextAnswer(): void {
    this.#isArmed = true
    this.#isCounting = true
  }

  close(): void {
    this.server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #pass(client: Socket, upstream: Socket): void {
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.on('data', (chunk) => {
        if (from === client && this.#isCounting) this.requests.push(chunk.toString('latin1'))
        if (from === upstream && this.#isArmed) {
          this.#isArmed = false
          client.destroy()
        } else to.write(chunk)
      })
    }
  }
}
