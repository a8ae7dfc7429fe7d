import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { StoreUnreadableError } from '../../errors.js'
import type { ThreadData, ThreadMessage } from './thread-worker.js'
import type { Task, TaskResult } from './work.js'

interface Waiting {
  readonly resolve: (result: TaskResult) => void
  readonly reject: (error: unknown) => void
  readonly onBytes: (bytes: number) => void
}

/** One thread of Node that reads units. */
export class ThreadWorker {
  readonly #worker: Worker
  #waiting: Waiting | undefined

  constructor(data: ThreadData) {
    const { url, execArgv } = entry()
    this.#worker = new Worker(url, { workerData: data, execArgv: [...execArgv] })
    this.#worker.on('message', (message: ThreadMessage) => this.#hear(message))
    this.#worker.on('error', () => this.#fail('A worker thread ended with an error.'))
    this.#worker.on('exit', () => this.#fail('A worker thread ended.'))
  }

  /** @param signal ends the thread: what it has of its unit is dropped. */
  run(task: Task, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<TaskResult> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject, onBytes }
      const stop = () => {
        this.#settle()?.resolve({ state: null, kind: '', layout: null })
        void this.#worker.terminate()
      }
      if (signal?.aborted) stop()
      else {
        signal?.addEventListener('abort', stop, { once: true })
        this.#worker.postMessage(task)
      }
    })
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve))
    if (this.#worker.threadId === -1) return
    this.#worker.postMessage('close')
    await ended
  }

  #hear(message: ThreadMessage): void {
    if (message.type === 'bytes') this.#waiting?.onBytes(message.bytes)
    else if (message.type === 'done') this.#settle()?.resolve(message.result)
    else this.#fail(message.message)
  }

  #fail(message: string): void {
    this.#settle()?.reject(new StoreUnreadableError(message))
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }
}

/** The worker beside this module in `src`; an entry of its own in `dist`, from wherever the bundler put this module. */
function entry(): { readonly url: URL; readonly execArgv: readonly string[] } {
  if (import.meta.url.endsWith('.ts')) {
    return { url: new URL('./thread-worker.ts', import.meta.url), execArgv: ['--import', 'tsx'] }
  }
  const places = ['./audit-worker.js', './cli/audit-worker.js', '../cli/audit-worker.js']
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(fileURLToPath(url)))
  if (found === undefined) throw new StoreUnreadableError('The worker of this package is not where it was installed.')
  return { url: found, execArgv: [] }
}
