import { Presets, SingleBar } from 'cli-progress'
import type { AuditProgress } from '../audit/engine/run-audit.js'

export interface BytesProgress {
  readonly show: (progress: AuditProgress) => void
  stop(): void
}

const MB = 1e6
/** Between lines, where the end is not known. */
const LINE_BYTES = 256 * MB

/** A bar with rate and remaining time on a terminal; elsewhere a line for each tenth, or for each 256 MB of a stream. */
export function bytesProgress(isShown: boolean, stream: NodeJS.WriteStream = process.stderr): BytesProgress {
  if (!isShown) return { show: () => undefined, stop: () => undefined }
  return stream.isTTY ? bar(stream) : lines(stream)
}

function bar(stream: NodeJS.WriteStream): BytesProgress {
  const format = '{bar} {done} of {size} MB, {rate} MB/s{left}'
  const shown = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true }, Presets.shades_classic)
  const startedAt = performance.now()
  let started = false
  return {
    show: ({ done, total }) => {
      const seconds = Math.max(0.001, (performance.now() - startedAt) / 1_000)
      const payload = {
        done: megabytes(done),
        size: total === 0 ? '?' : megabytes(total),
        rate: (done / MB / seconds).toFixed(1),
        left: total === 0 || done === 0 ? '' : `, ${duration(((total - done) / done) * seconds)} to go`,
      }
      // A store's size is known about: the bar never says that it is over before it is.
      const value = total === 0 ? 0 : Math.min(done, total * 0.99)
      if (started) shown.update(value, payload)
      else shown.start(Math.max(1, total), value, payload)
      started = true
    },
    stop: () => shown.stop(),
  }
}

function lines(stream: NodeJS.WriteStream): BytesProgress {
  let shown = 0
  return {
    show: ({ done, total }) => {
      const step = total === 0 ? LINE_BYTES : total / 10
      const steps = Math.floor(done / step)
      if (steps <= shown) return
      shown = steps
      stream.write(`${megabytes(done)} MB read${total === 0 ? '' : ` of about ${megabytes(total)}`}\n`)
    },
    stop: () => undefined,
  }
}

/** @param seconds below zero where a store is larger than it said. */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60)]
  if (hours > 0) return `${hours}h${minutes}m`
  return minutes > 0 ? `${minutes}m${whole % 60}s` : `${whole}s`
}

const megabytes = (bytes: number): string => (bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)
