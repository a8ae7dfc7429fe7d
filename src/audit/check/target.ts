import path from 'node:path'

/** Lines that a change added: first and last of each run, from 1, in order. */
export type LineRanges = readonly (readonly [first: number, last: number])[]

/** One file to check, wherever its bytes are: in the work tree, or in git's index. */
export interface Target {
  /** Relative to the working directory, with `/`; absolute when it is outside of it. May hold any character. */
  readonly name: string
  /** Absolute; for the baseline. */
  readonly path: string
  /** Only findings on these lines count; the whole file without it. */
  readonly added?: LineRanges | undefined
  /**
   * From the first byte; may be called again.
   * @throws UnreadError while it is read.
   */
  open(): AsyncIterable<Uint8Array>
}

/** True when a run of lines touches an added one. */
export function touches(added: LineRanges, first: number, last: number): boolean {
  return added.some(([from, to]) => first <= to && last >= from)
}

/** A file's name below `top`, as a person in the working directory would write it. */
export function placeOf(cwd: string, top: string, name: string): { readonly name: string; readonly path: string } {
  const absolute = path.join(top, name)
  const relative = path.relative(cwd, absolute)
  const shown = relative.startsWith(`..${path.sep}`) ? absolute : relative
  return { name: shown.split(path.sep).join('/'), path: absolute }
}
