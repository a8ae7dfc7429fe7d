import { parentPort, workerData } from 'node:worker_threads'
import { detectorOf } from '../../config/detector-of.js'
import { loadConfig } from '../../config/load-config.js'
import { SecretSafeError } from '../../errors.js'
import { LocalWorker } from './local-worker.js'
import { type Task, toolsFor, type WorkPlan } from './work.js'

/** What a thread is started with. */
export interface ThreadData {
  readonly plan: WorkPlan
  readonly configFile: string | null
}

/** What it tells. An error is told by its code and our own words: a foreign message may quote what was read. */
export type ThreadMessage =
  | { readonly type: 'bytes'; readonly bytes: number }
  | { readonly type: 'done'; readonly result: Awaited<ReturnType<LocalWorker['run']>> }
  | { readonly type: 'failed'; readonly message: string }

const { plan, configFile } = workerData as ThreadData
const config = configFile === null ? {} : loadConfig({ file: configFile }).config
const worker = new LocalWorker(plan, toolsFor(config, detectorOf(config)))
const tell = (message: ThreadMessage): void => parentPort!.postMessage(message)

parentPort!.on('message', async (task: Task | 'close') => {
  if (task === 'close') {
    await worker.close()
    parentPort!.close()
    return
  }
  try {
    tell({ type: 'done', result: await worker.run(task, (bytes) => tell({ type: 'bytes', bytes })) })
  } catch (error) {
    tell({ type: 'failed', message: error instanceof SecretSafeError ? error.message : 'A worker thread failed.' })
  }
})
