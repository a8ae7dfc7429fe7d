const UUID6 = /^[0-9a-f]{8}-[0-9a-f]{4}-6[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
/** From 1582-10-15 to 1970-01-01, in units of 1.6 µs: sixteen of a UUID's own, so that all numbers stay exact. */
const GREGORIAN_OFFSET = 7_637_058_000_000_000
const UNITS_PER_MS = 625
const UUID_LENGTH = 36

/** When a checkpoint was made, by its id: LangGraph's ids are UUIDs of version 6. Ms since the epoch. */
export function timeOfId(id: string | undefined): number | undefined {
  if (id?.length !== UUID_LENGTH || !UUID6.test(id)) return undefined
  const high = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) * 256 - GREGORIAN_OFFSET
  return plausible(Math.floor((high + Number.parseInt(id.slice(15, 17), 16)) / UNITS_PER_MS))
}

/** ISO text such as a checkpoint's `ts`. */
export function timeOfText(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length > 40 || !/^\d{4}-\d\d-\d\d/.test(text)) return undefined
  return plausible(Date.parse(text))
}

function plausible(ms: number): number | undefined {
  return ms > 0 && ms < 8.64e15 ? Math.round(ms) : undefined
}
