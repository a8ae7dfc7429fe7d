/** First and last link, both inclusive. Sorted, without overlap or touch, wherever a list of them stands. */
export type LinkRange = readonly [first: number, last: number]

export function addLink(ranges: readonly LinkRange[], link: number): readonly LinkRange[] {
  const last = ranges.at(-1)
  // Links come in order but for a few in flight: the usual case costs nothing.
  if (last !== undefined && link === last[1] + 1) return [...ranges.slice(0, -1), [last[0], link]]
  if (last === undefined || link > last[1] + 1) return [...ranges, [link, link]]
  return toRanges([...ranges, [link, link]])
}

/** Sorts and merges. */
export function toRanges(ranges: readonly LinkRange[]): readonly LinkRange[] {
  const merged: [number, number][] = []
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1)
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else merged.push([first, last])
  }
  return merged
}

/** What of `ranges` is not in `removed`. */
export function subtractRanges(ranges: readonly LinkRange[], removed: readonly LinkRange[]): readonly LinkRange[] {
  let rest = [...ranges]
  for (const [first, last] of removed) {
    rest = rest.flatMap(([from, to]): LinkRange[] => {
      if (last < from || first > to) return [[from, to]]
      const parts: LinkRange[] = []
      if (from < first) parts.push([from, first - 1])
      if (to > last) parts.push([last + 1, to])
      return parts
    })
  }
  return rest
}

/** For a reader: `5, 7–9`. */
export const showRanges = (ranges: readonly LinkRange[]): string =>
  ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
