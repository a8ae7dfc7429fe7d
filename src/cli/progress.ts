import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  readonly show: (progress: { readonly done: number; readonly total: number }) => void
  stop(): void
}

/** A bar on a terminal; elsewhere a line for each tenth, so that a log shows that something goes on. */
export function progressOf(noun: string, isShown: boolean, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!isShown) return { show: () => undefined, stop: () => undefined }
  if (!stream.isTTY) return lines(noun, stream)
  const format = `{bar} {value} of {total} ${noun}, {eta_formatted} to go`
  const bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true }, Presets.shades_classic)
  let started = false
  return {
    show: ({ done, total }) => {
      if (started) bar.update(done)
      else bar.start(total, done)
      started = true
    },
    stop: () => bar.stop(),
  }
}

function lines(noun: string, stream: NodeJS.WriteStream): Progress {
  let shown = -1
  return {
    show: ({ done, total }) => {
      const tenth = total === 0 ? 10 : Math.floor((done * 10) / total)
      if (tenth === shown) return
      shown = tenth
      stream.write(`${done} of ${total} ${noun}\n`)
    },
    stop: () => undefined,
  }
}
