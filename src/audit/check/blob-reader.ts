import type { Git } from './git.js'
import { UnreadError } from './warnings.js'

/** Reads blobs one after the other through a single `git cat-file --batch`, whatever their size, in bounded memory. */
export class BlobReader {
  readonly #git: Git
  #child: ReturnType<Git['spawn']> | undefined
  #chunks: AsyncIterator<Uint8Array> | undefined
  #rest: Uint8Array = new Uint8Array(0)
  #isBusy = false

  constructor(git: Git) {
    this.#git = git
  }

  /** @throws UnreadError if the blob is not there, or git ends. */
  async *read(id: string): AsyncGenerator<Uint8Array> {
    // A reader that stopped midway left the rest of its blob in the pipe.
    if (this.#isBusy) this.close()
    this.#isBusy = true
    this.#start()
    this.#child!.stdin!.write(`${id}\n`)
    const header = /^\S+ (\w+)(?: (\d+))?$/.exec(await this.#line())
    if (header?.[1] !== 'blob') {
      this.#isBusy = false
      throw new UnreadError('blob-missing')
    }
    let left = Number(header[2])
    while (left > 0) {
      const chunk = await this.#chunk()
      const taken = chunk.subarray(0, left)
      this.#rest = chunk.subarray(taken.length)
      left -= taken.length
      yield taken
    }
    await this.#line()
    this.#isBusy = false
  }

  close(): void {
    this.#child?.stdin?.end()
    this.#child?.kill()
    this.#child = undefined
    this.#rest = new Uint8Array(0)
    this.#isBusy = false
  }

  #start(): void {
    if (this.#child !== undefined) return
    this.#child = this.#git.spawn(['cat-file', '--batch'], 'pipe')
    // A write to a process that ended fails here; the read that waits for it says so.
    this.#child.on('error', () => undefined).stdin!.on('error', () => undefined)
    this.#chunks = (this.#child.stdout! as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  }

  async #chunk(): Promise<Uint8Array> {
    if (this.#rest.length > 0) return this.#rest
    const { value, done } = await this.#chunks!.next()
    if (!done) return value
    this.close()
    throw new UnreadError('blob-missing')
  }

  async #line(): Promise<string> {
    let line = ''
    for (;;) {
      const chunk = await this.#chunk()
      const end = chunk.indexOf(10)
      this.#rest = end < 0 ? new Uint8Array(0) : chunk.subarray(end + 1)
      line += Buffer.from(chunk.subarray(0, end < 0 ? chunk.length : end)).toString('latin1')
      if (end >= 0) return line
    }
  }
}
