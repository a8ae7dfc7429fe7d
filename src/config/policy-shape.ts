import { VERBS } from '../access/authorizer.js'
import { endOfRule } from '../access/policy/compiled-rule.js'
import {
  EFFECTS,
  KINDS,
  MODES,
  type PolicyDefinition,
  SEVERITIES,
  type TimeWindow,
  VIAS,
  WEEKDAYS,
} from '../access/policy/definition.js'
import { MAX_PATTERN_LENGTH } from '../access/policy/name-patterns.js'
import { isTimeZone, minutesOf } from '../access/policy/time-window.js'
import {
  type Check,
  expected,
  type KeyPath,
  listOf,
  oneOf,
  type Problem,
  positiveInteger,
  required,
  section,
  text,
} from './shape.js'

const MAX_RULES = 10_000
const MAX_NAMES = 1_000
const MAX_CLAIM_DEPTH = 8

const isShort = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= MAX_PATTERN_LENGTH

/** One, or a list of at least one. */
const oneOrMore =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return check(value, path)
    return atMost(MAX_NAMES, value, path) ?? listOf(check)(value, path)
  }

const atMost = (most: number, list: readonly unknown[], path: KeyPath): Problem | undefined =>
  list.length >= 1 && list.length <= most ? undefined : { path, message: `expected a list of 1 to ${most}` }

const name: Check = (value, path) =>
  isShort(value)
    ? undefined
    : expected(`a name of at most ${MAX_PATTERN_LENGTH} characters, in which * is any run of them`, value, path)
const names = oneOrMore(name)

const ruleId: Check = (value, path) =>
  typeof value === 'string' && /^[A-Za-z0-9][\w.:-]{0,127}$/.test(value) && value !== 'default'
    ? undefined
    : expected('an id of letters, digits, ".", "_", ":" and "-", other than "default"', value, path)

const until: Check = (value, path) =>
  typeof value === 'string' && endOfRule(value) !== undefined
    ? undefined
    : expected('a day such as 2027-01-31, or an instant such as 2027-01-31T18:00Z', value, path)

const timeOfDay =
  (isOk: (minutes: number) => boolean, what: string): Check =>
  (value, path) => {
    const minutes = typeof value === 'string' ? minutesOf(value) : undefined
    return minutes !== undefined && isOk(minutes) ? undefined : expected(what, value, path)
  }

const timeZone: Check = (value, path) =>
  isShort(value) && isTimeZone(value) ? undefined : expected('a time zone such as Europe/Berlin', value, path)

const windowKeys = section({
  from: timeOfDay((minutes) => minutes < 24 * 60, 'a time such as 08:30, in quotes or not'),
  to: timeOfDay((minutes) => minutes > 0, 'a time such as 17:00, up to 24:00'),
  days: oneOrMore(oneOf(...WEEKDAYS)),
  timeZone,
})

const timeWindow: Check = (value, path) => {
  const problem = windowKeys(value, path)
  if (problem !== undefined) return problem
  const { from = '00:00', to = '24:00', days } = value as TimeWindow
  if (minutesOf(from) === minutesOf(to))
    return { path, message: 'the window ends when it begins; leave both times out' }
  const isAlways = minutesOf(from) === 0 && minutesOf(to) === 24 * 60 && days === undefined
  return isAlways ? { path, message: 'needs from, to or days' } : undefined
}

const claimValue: Check = (value, path) =>
  isShort(value) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    ? undefined
    : expected('a string, a number, true or false, a list of them, or a mapping', value, path)

const claims =
  (depth: number): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return expected('a mapping of claim names to values', value, path)
    const entries = Object.entries(value)
    if (entries.length === 0) return { path, message: 'needs at least one claim' }
    if (depth === 0) return { path, message: `is nested over ${MAX_CLAIM_DEPTH} deep` }
    for (const [key, item] of entries) {
      const isMapping = typeof item === 'object' && item !== null && !Array.isArray(item)
      const problem = (isMapping ? claims(depth - 1) : oneOrMore(claimValue))(item, [...path, key])
      if (problem !== undefined) return problem
    }
    return undefined
  }

/** `when: {}` would be every request: said plainly, it is left out. */
const notEmpty =
  (check: Check): Check =>
  (value, path) =>
    check(value, path) ??
    (Object.keys(value as object).length === 0 ? { path, message: 'needs at least one condition' } : undefined)

const conditions = notEmpty(
  section({
    sub: names,
    agent: names,
    claims: claims(MAX_CLAIM_DEPTH),
    via: oneOrMore(oneOf(...VIAS)),
    tenant: names,
    verb: oneOrMore(oneOf(...VERBS)),
    mode: oneOrMore(oneOf(...MODES)),
    rule: names,
    provider: names,
    kind: oneOrMore(oneOf(...KINDS)),
    minSeverity: oneOf(...SEVERITIES),
    thread: names,
    run: names,
    node: names,
    channel: names,
    environment: names,
    time: oneOrMore(timeWindow),
  }),
)

const approval = required(
  ['approvers'],
  section({
    approvers: (value, path) =>
      Array.isArray(value) ? names(value, path) : expected('a list of names of people or agents', value, path),
    needed: positiveInteger,
    requestTtlMs: positiveInteger,
    validMs: positiveInteger,
  }),
)

const ruleKeys = required(
  ['id', 'effect'],
  section({
    id: ruleId,
    effect: oneOf(...EFFECTS),
    description: text,
    when: conditions,
    unless: conditions,
    until,
    approval,
  }),
)

const rule: Check = (value, path) => {
  const problem = ruleKeys(value, path)
  if (problem !== undefined) return problem
  const { effect, approval: asked } = value as { readonly effect: string; readonly approval?: unknown }
  if (effect === 'approve' && asked === undefined) return { path, message: 'needs "approval" with its approvers' }
  if (effect !== 'approve' && asked !== undefined)
    return { path: [...path, 'approval'], message: 'goes with the effect approve alone' }
  return undefined
}

const RULES = { rules: listOf(rule), default: oneOf('allow', 'deny'), timeZone }

const definition = required(['rules'], section(RULES))
const inlineSection = required(['rules'], section({ environment: name, ...RULES }))
const fileSection = required(['file'], section({ file: text, environment: name }))

/** What is wrong with a definition, of unknown origin; undefined when it can be compiled. */
export function problemOfPolicy(value: unknown, path: KeyPath = []): Problem | undefined {
  return definition(value, path) ?? problemOfIds(value as PolicyDefinition, path)
}

/** The same for the section of a configuration: a definition, or the file that holds it. */
export const policySection: Check = (value, path) => {
  const hasFile = typeof value === 'object' && value !== null && 'file' in value && value.file !== undefined
  return hasFile
    ? fileSection(value, path)
    : (inlineSection(value, path) ?? problemOfIds(value as PolicyDefinition, path))
}

function problemOfIds({ rules }: PolicyDefinition, path: KeyPath): Problem | undefined {
  if (rules.length > MAX_RULES)
    return { path: [...path, 'rules'], message: `expected at most ${MAX_RULES} rules, got ${rules.length}` }
  const seen = new Set<string>()
  for (const [i, { id }] of rules.entries()) {
    if (seen.has(id)) return { path: [...path, 'rules', i, 'id'], message: 'another rule has this id' }
    seen.add(id)
  }
  return undefined
}
