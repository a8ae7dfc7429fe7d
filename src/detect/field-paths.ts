import { ConfigError } from '../errors.js'

type Segment = string | null

const SEGMENT = /^[^.*\s[\]]{1,128}$/

/**
 * Application field paths such as `auth.token` or `users.*.apiKey`, where `*` is any one segment. A path matches at the
 * end of a value's path in state, so that it also holds inside `__start__`, Send arguments and subgraphs.
 * @throws ConfigError if a path is empty or holds anything but names, dots and `*`.
 */
export class FieldPaths {
  readonly #byLast = new Map<Segment, Segment[][]>()
  readonly isEmpty: boolean

  constructor(paths: readonly string[]) {
    for (const path of paths) {
      const segments = parse(path)
      const last = segments.at(-1)!
      const others = this.#byLast.get(last)
      if (others === undefined) this.#byLast.set(last, [segments])
      else others.push(segments)
    }
    this.isEmpty = paths.length === 0
  }

  matches(path: readonly (string | number)[]): boolean {
    if (this.isEmpty || path.length === 0) return false
    return endsWithAny(path, this.#byLast.get(String(path.at(-1)))) || endsWithAny(path, this.#byLast.get(null))
  }
}

function endsWithAny(path: readonly (string | number)[], candidates: readonly Segment[][] | undefined): boolean {
  return (candidates ?? []).some((segments) => {
    const offset = path.length - segments.length
    return offset >= 0 && segments.every((segment, i) => segment === null || segment === String(path[offset + i]))
  })
}

function parse(path: unknown): Segment[] {
  if (typeof path !== 'string' || path === '') {
    throw new ConfigError(`A field path must be a non-empty string such as "auth.token", got ${typeof path}.`)
  }
  const segments = path.split('.')
  if (segments.every((segment) => segment === '*')) {
    throw new ConfigError(`The field path "${path}" matches every value; name at least one field.`)
  }
  for (const segment of segments) {
    if (segment !== '*' && !SEGMENT.test(segment)) {
      throw new ConfigError(
        `The field path "${path}" is not usable: write names separated by dots, and "*" for any one.`,
      )
    }
  }
  return segments.map((segment) => (segment === '*' ? null : segment))
}
