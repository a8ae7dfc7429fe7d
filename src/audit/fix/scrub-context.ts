import type { Detector } from '../../detect/detector.js'
import type { FieldPaths } from '../../detect/field-paths.js'
import type { ScrubScope } from '../../vault/scrub/claim-scope.js'
import type { ScrubContext } from '../../vault/scrub/scrubber.js'
import { ThreadMemory } from '../../vault/scrub/thread-memory.js'
import type { CollectedValues } from './collected-values.js'

const MAX_CACHED_CHARS = 32 << 20

export type ContextOf = (scope: ScrubScope, known: CollectedValues) => ScrubContext

export interface ScrubSettings {
  readonly detector: Pick<Detector, 'scanner' | 'fields'>
  /** Fields whose value is a secret whatever it looks like, as the saver has them. */
  readonly fields: FieldPaths
  /** Of one cell's text; a larger one is left, and named. */
  readonly maxStateBytes: number
  readonly maxSecretBytes: number
}

/** What the saver would scrub a thread's calls with. */
export function scrubContextOf({ detector, fields, ...limits }: ScrubSettings): ContextOf {
  return (scope, known) => ({
    scanner: detector.scanner,
    fields: [detector.fields, fields],
    memory: boundedMemory(known),
    scope,
    runId: undefined,
    node: undefined,
    isStored: true,
    ...limits,
  })
}

function boundedMemory(known: CollectedValues): ThreadMemory {
  let chars = 0
  const memory: ThreadMemory = new ThreadMemory(
    {
      take(more) {
        chars += more
        if (chars <= MAX_CACHED_CHARS) return
        memory.forgetScans()
        chars = more
      },
    },
    known,
  )
  return memory
}
