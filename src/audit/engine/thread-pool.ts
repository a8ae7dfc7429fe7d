import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
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
    this.#worker = start(data)
    this.#worker.on('message', (message: ThreadMessage) => this.#hear(message))
    this.#worker.on('error', () => this.#fail('A worker thread ended with an error.'))
    this.#worker.on('exit', () => this.#fail('A worker thread ended.'))
  }

  /** @param signal ends the thread: what it has of its unit is dropped. */
  run(task: Task, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<TaskResult> {
    const stop = () => {
      this.#settle()?.resolve({ state: null, kind: '', layout: null })
      void this.#worker.terminate()
    }
    const result = new Promise<TaskResult>((resolve, reject) => {
      this.#waiting = { resolve, reject, onBytes }
      if (signal?.aborted) stop()
      else this.#worker.postMessage(task)
    })
    signal?.addEventListener('abort', stop)
    return result.finally(() => signal?.removeEventListener('abort', stop))
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

/** An entry of its own in `dist`, from wherever the bundler put this module. */
function start(workerData: ThreadData): Worker {
  if (import.meta.url.endsWith('.ts')) return startSource(workerData)
  const places = ['./audit-worker.js', './audit-worker.mjs', './cli/audit-worker.js', '../cli/audit-worker.js']
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(fileURLToPath(url)))
  if (found === undefined) throw new StoreUnreadableError('The worker of this package is not where it was installed.')
  return new Worker(found, { workerData })
}

/** From `src`, where a thread does not inherit what makes TypeScript run. */
function startSource(workerData: ThreadData): Worker {
  const loader = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/cjs$/, 'mjs'),
  )
  const worker = new URL('./thread-worker.ts', import.meta.url)
  const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(worker)}) })`
  return new Worker(code, { eval: true, workerData, execArgv: [] })
}
