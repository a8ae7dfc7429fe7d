import { asList, type TimeWindow, WEEKDAYS } from './definition.js'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Minutes since midnight; undefined for what is no time of day. */
export function minutesOf(text: string): number | undefined {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text)
  const minutes = match === null ? undefined : Number(match[1]) * 60 + Number(match[2])
  return minutes !== undefined && minutes <= DAY_MINUTES ? minutes : undefined
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/**
 * The clock on the wall of a time zone. Asked once a minute: offsets are whole minutes, and `Intl`, which knows when
 * they change, takes longer than everything else in a decision.
 */
export class WallClock {
  readonly #format: Intl.DateTimeFormat
  #minute = Number.NaN
  #weekday = 0
  #minuteOfDay = 0

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
  }

  at(now: number): { readonly weekday: number; readonly minuteOfDay: number } {
    const minute = Math.floor(now / MINUTE_MS)
    if (minute !== this.#minute) {
      const parts = new Map(this.#format.formatToParts(now).map(({ type, value }) => [type, value]))
      this.#weekday = (WEEKDAYS as readonly string[]).indexOf(parts.get('weekday')!.toLowerCase())
      this.#minuteOfDay = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
      this.#minute = minute
    }
    return { weekday: this.#weekday, minuteOfDay: this.#minuteOfDay }
  }
}

/** The wall clocks of one policy, each shared by all windows of its zone. */
export class WallClocks {
  readonly #byZone = new Map<string, WallClock>()

  of(timeZone: string): WallClock {
    const clock = this.#byZone.get(timeZone) ?? new WallClock(timeZone)
    this.#byZone.set(timeZone, clock)
    return clock
  }
}

/** @returns whether a time, in ms since the epoch, lies in the window. */
export function compileWindow(
  { from = '00:00', to = '24:00', days = WEEKDAYS, timeZone }: TimeWindow,
  clocks: WallClocks,
  defaultZone: string,
): (now: number) => boolean {
  const clock = clocks.of(timeZone ?? defaultZone)
  const begin = minutesOf(from)!
  const end = minutesOf(to)!
  const begins = WEEKDAYS.map((day) => asList(days).includes(day))
  if (begin < end) {
    return (now) => {
      const { weekday, minuteOfDay } = clock.at(now)
      return minuteOfDay >= begin && minuteOfDay < end && begins[weekday]!
    }
  }
  // Over midnight: the hours after it belong to the day before.
  return (now) => {
    const { weekday, minuteOfDay } = clock.at(now)
    return minuteOfDay >= begin ? begins[weekday]! : minuteOfDay < end && begins[(weekday + 6) % 7]!
  }
}
