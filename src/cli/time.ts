import { InputError } from '../errors.js'

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** @throws InputError unless it is a date, such as 2026-01-31T12:00Z, or an age, such as 90m or 7d. */
export function timeOf(text: string): number {
  const age = /^(\d{1,9})([smhd])$/.exec(text)
  const at = age === null ? Date.parse(text) : Date.now() - Number(age[1]) * UNITS[age[2] as keyof typeof UNITS]
  if (Number.isNaN(at))
    throw new InputError('A time is a date, such as 2026-01-31T12:00Z, or an age, such as 90m or 7d.')
  return at
}
