import { type Check, count, type Diagnosis, fail, ok, warn } from '../check.js'
import { type CheckpointCensus, takeCensus } from '../checkpoints/census.js'
import { RESUME_ADVICE, suspend } from './restored.js'

/** Claim URLs in LangGraph's tables against the claims of the vault, both ways. */
export const checkpoints: Check = {
  id: 'checkpoints',
  async run({ checkpoints: source, vault }) {
    if (source === undefined) return [ok('Checkpoints were not looked at; name their store with --checkpoints.')]
    if (vault === undefined) return []
    const census = await takeCensus(source, vault.context(), vault.tenant)
    if (census.unheardOf.length > 0) await suspend(vault)
    return [...gone(census), ...foreign(census), ...unused(census)]
  },
}

function gone({ urls, threads, unheardOf, ended }: CheckpointCensus): Omit<Diagnosis, 'id'>[] {
  const found: Omit<Diagnosis, 'id'>[] = []
  if (unheardOf.length > 0) {
    const what = `${count(unheardOf.length, 'claim URL')} in checkpoints stand for claims that this vault never heard of: it is older than they are`
    found.push(fail(`${what} (threads ${someOf(unheardOf)}).`, RESUME_ADVICE))
  }
  if (ended.length > 0) {
    const what = `${count(ended.length, 'claim URL')} in checkpoints stand for claims that have ended and are gone`
    found.push(
      warn(`${what} (threads ${someOf(ended)}).`, 'They stay as they are; delete the threads when they are done.'),
    )
  }
  if (found.length === 0) {
    found.push(ok(`${count(urls, 'claim URL')} in ${count(threads, 'thread')} all have their claims.`))
  }
  return found
}

function foreign({ foreign: threads }: CheckpointCensus): Omit<Diagnosis, 'id'>[] {
  if (threads.length === 0) return []
  const what = `Claim URLs of another thread stand in threads ${someOf(threads)}`
  return [
    warn(`${what}: they restore nothing there.`, 'Where a server copied the thread, copy it with saver.copyThread.'),
  ]
}

function unused({ orphans, abandoned }: CheckpointCensus): Omit<Diagnosis, 'id'>[] {
  const found: Omit<Diagnosis, 'id'>[] = []
  if (abandoned.length > 0) {
    const what = `${count(abandoned.length, 'thread')} of the vault have claims and no checkpoint (${someOf(abandoned)})`
    found.push(warn(`${what}.`, 'Where the threads were deleted past the saver, delete them with saver.deleteThread.'))
  }
  if (orphans > 0) found.push(ok(`${count(orphans, 'claim')} stand in no checkpoint; they end by themselves.`))
  return found
}

/** The first few threads, each once. */
function someOf(threadIds: readonly string[]): string {
  const names = [...new Set(threadIds)]
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
}
