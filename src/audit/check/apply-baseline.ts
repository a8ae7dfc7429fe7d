import path from 'node:path'
import { ConfigError } from '../../errors.js'
import { Baseline, type Sighting } from './baseline.js'
import { findBaseline, readBaseline, writeBaseline } from './baseline-file.js'
import type { FileFinding } from './findings.js'
import type { Target } from './target.js'
import type { Warnings } from './warnings.js'

/** What a baseline is asked with: everything that was found, and what was read to find it. */
export interface BaselineInput {
  readonly findings: readonly FileFinding[]
  readonly targets: readonly Target[]
  /** Absolute; empty when only changes were read, of which no entry can be called stale. */
  readonly roots: readonly string[]
  readonly warnings: Warnings
}

export interface BaselineOutput {
  /** What the baseline does not let stay. */
  readonly left: readonly FileFinding[]
  readonly baselined: number
}

/** A baseline where it lies, there or yet to be made. */
export class BaselineAt {
  readonly #baseline: Baseline | undefined

  /** @throws ConfigError */
  private constructor(readonly file: string) {
    this.#baseline = readBaseline(file)
  }

  /**
   * @param given the option; the nearest one unless told. @param isNew it may be missing.
   * @throws ConfigError if it is malformed, or was named and is not there.
   */
  static open(given: string | undefined, cwd: string, isNew: boolean): BaselineAt {
    const at = new BaselineAt(given === undefined ? findBaseline(cwd) : path.resolve(cwd, given))
    if (given !== undefined && at.#baseline === undefined && !isNew) {
      throw new ConfigError('There is no baseline of that name. Make it with --update-baseline.')
    }
    return at
  }

  /** Takes out what may stay for now, and warns of entries that stand for nothing any more. */
  async apply(input: BaselineInput): Promise<BaselineOutput> {
    const left: FileFinding[] = []
    let baselined = 0
    for (const finding of input.findings) {
      if (await this.#baseline?.has(this.#sighting(finding))) baselined += finding.copies
      else left.push(finding)
    }
    const stale = input.roots.length === 0 ? [] : (this.#baseline?.stale(this.#wasRead(input)) ?? [])
    for (const { ruleId, path } of stale) input.warnings.add('baseline-stale', `${path} (${ruleId})`)
    return { left, baselined }
  }

  /** Writes what was found into the file, and takes out what is gone. What is only reported stays out of it. */
  async update(input: BaselineInput): Promise<BaselineOutput> {
    const kept = input.findings.filter(({ rule }) => rule.action === 'seal')
    const baseline = this.#baseline ?? new Baseline()
    for (const finding of kept) await baseline.has(this.#sighting(finding))
    const sightings = kept.map((finding) => this.#sighting(finding))
    writeBaseline(this.file, await baseline.updated(sightings, this.#wasRead(input)))
    const left = input.findings.filter(({ rule }) => rule.action !== 'seal')
    return { left, baselined: kept.reduce((sum, { copies }) => sum + copies, 0) }
  }

  #sighting({ secret, target, rule }: FileFinding): Sighting {
    const relative = path.relative(path.dirname(this.file), target.path)
    return { secret, ruleId: rule.id, path: relative.split(path.sep).join('/') }
  }

  /** Whether a file was read as a whole, or would have been if it were still there. */
  #wasRead({ targets, roots }: BaselineInput): (file: string) => boolean {
    const read = new Set(targets.map((target) => target.path))
    return (file) => {
      const absolute = path.resolve(path.dirname(this.file), file)
      return read.has(absolute) || roots.some((root) => absolute === root || absolute.startsWith(root + path.sep))
    }
  }
}
