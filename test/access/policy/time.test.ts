import { describe, expect, it } from 'vitest'
import type { TimeWindow } from '../../../src/access/policy/definition.js'
import { allows, policyOf, request } from './requests.js'

const isIn = (time: TimeWindow | readonly TimeWindow[], instant: string) =>
  allows({ time }, { at: { now: Date.parse(instant) } })

describe('time of day', () => {
  it.each<[TimeWindow, string, boolean]>([
    [{ from: '08:00', to: '17:00' }, '2026-06-17T07:59:59Z', false],
    [{ from: '08:00', to: '17:00' }, '2026-06-17T08:00:00Z', true],
    [{ from: '08:00', to: '17:00' }, '2026-06-17T16:59:59.999Z', true],
    [{ from: '08:00', to: '17:00' }, '2026-06-17T17:00:00Z', false],
    [{ from: '22:00' }, '2026-06-17T23:59:59Z', true],
    [{ to: '06:00' }, '2026-06-17T00:00:00Z', true],
    [{ from: '00:00', to: '24:00', days: 'wed' }, '2026-06-17T23:59:59Z', true],
    [{ days: ['sat', 'sun'] }, '2026-06-17T12:00:00Z', false],
    [{ days: ['sat', 'sun'] }, '2026-06-20T12:00:00Z', true],
  ])('%j at %s: %j', (window, instant, expected) => {
    expect(isIn(window, instant)).toBe(expected)
  })

  it('a window over midnight belongs to the day on which it begins', () => {
    const friday: TimeWindow = { from: '22:00', to: '06:00', days: 'fri' }
    expect(isIn(friday, '2026-06-19T21:59:00Z')).toBe(false)
    expect(isIn(friday, '2026-06-19T22:00:00Z')).toBe(true)
    expect(isIn(friday, '2026-06-20T05:59:00Z')).toBe(true)
    expect(isIn(friday, '2026-06-20T06:00:00Z')).toBe(false)
    expect(isIn(friday, '2026-06-20T22:00:00Z')).toBe(false)
    expect(isIn(friday, '2026-06-19T03:00:00Z')).toBe(false)
    expect(isIn({ ...friday, days: 'sat' }, '2026-06-21T03:00:00Z')).toBe(true)
  })

  it('goes by the clock on the wall: the same window begins an hour earlier in summer', () => {
    const office: TimeWindow = { from: '08:00', to: '17:00', timeZone: 'Europe/Berlin' }
    expect([isIn(office, '2026-01-14T06:30:00Z'), isIn(office, '2026-01-14T07:00:00Z')]).toEqual([false, true])
    expect([isIn(office, '2026-07-15T05:30:00Z'), isIn(office, '2026-07-15T06:00:00Z')]).toEqual([false, true])
  })

  it('an hour that a clock leaves out does not come, and one that it repeats comes twice', () => {
    const night: TimeWindow = { from: '02:00', to: '03:00', timeZone: 'Europe/Berlin' }
    const hits = (start: string) => {
      const from = Date.parse(start)
      return Array.from({ length: 6 }, (_, i) => isIn(night, new Date(from + i * 1_800_000).toISOString()))
    }
    expect(hits('2026-03-29T00:00:00Z')).toEqual([false, false, false, false, false, false])
    expect(hits('2026-10-25T00:00:00Z')).toEqual([true, true, true, true, false, false])
  })

  it('a shift over midnight and over the change of the clock is whole', () => {
    const shift: TimeWindow = { from: '22:00', to: '06:00', days: 'sat', timeZone: 'Europe/Berlin' }
    expect([isIn(shift, '2026-03-28T21:00:00Z'), isIn(shift, '2026-03-29T03:59:00Z')]).toEqual([true, true])
    expect([isIn(shift, '2026-03-29T04:00:00Z'), isIn(shift, '2026-03-28T20:59:00Z')]).toEqual([false, false])
  })

  it('takes offsets that are no whole hours', () => {
    const morning: TimeWindow = { from: '09:00', to: '10:00', timeZone: 'Asia/Kathmandu' }
    expect([isIn(morning, '2026-06-17T03:15:00Z'), isIn(morning, '2026-06-17T03:14:00Z')]).toEqual([true, false])
  })

  it('is of the policy’s zone where a window names none, and one of several windows is enough', () => {
    const time = [
      { from: '08:00', to: '09:00' },
      { from: '20:00', to: '21:00', timeZone: 'UTC' },
    ]
    const policy = policyOf([{ id: 'one', effect: 'allow', when: { time } }], { timeZone: 'America/New_York' })
    const at = (instant: string) => policy.decide(request({ at: { now: Date.parse(instant) } })).allowed
    expect(at('2026-06-17T12:30:00Z')).toBe(true)
    expect(at('2026-06-17T08:30:00Z')).toBe(false)
    expect(at('2026-06-17T20:30:00Z')).toBe(true)
  })
})

describe('the end of a rule', () => {
  const until = (text: string, instant: string) =>
    policyOf([{ id: 'one', effect: 'allow', until: text }]).decide(request({ at: { now: Date.parse(instant) } }))
      .allowed

  it('is the end of its last day in UTC, or its instant', () => {
    expect(until('2026-06-17', '2026-06-17T23:59:59.999Z')).toBe(true)
    expect(until('2026-06-17', '2026-06-18T00:00:00Z')).toBe(false)
    expect(until('2026-06-17T18:00+02:00', '2026-06-17T15:59:59Z')).toBe(true)
    expect(until('2026-06-17T18:00+02:00', '2026-06-17T16:00:00Z')).toBe(false)
  })

  it('goes by the store’s clock, and a request without a time is denied, also by an open policy', () => {
    const policy = policyOf([], { default: 'allow' })
    for (const now of [Number.NaN, undefined, Number.POSITIVE_INFINITY]) {
      expect(policy.decide(request({ at: { now: now as number } }))).toMatchObject({ allowed: false, forbidden: true })
    }
  })
})
