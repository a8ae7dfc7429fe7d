import type { AccessRequest } from '../authorizer.js'
import { compileClaims } from './claim-test.js'
import { asList, KINDS, MODES, type Names, type PolicyConditions, type TimeWindow } from './definition.js'
import { namePatterns } from './name-patterns.js'
import { type SecretClass, type SecretClasses, severityRank } from './secret-class.js'
import { compileWindow, type WallClocks } from './time-window.js'

/** Undefined when the request does not tell. */
export type Truth = boolean | undefined
export type Test = (request: AccessRequest) => Truth

export interface ConditionContext {
  readonly environment: string | undefined
  readonly timeZone: string
  readonly clocks: WallClocks
  readonly classes: SecretClasses
}

export type ConditionName = keyof PolicyConditions

type Compilers = {
  readonly [Name in ConditionName]-?: (wanted: NonNullable<PolicyConditions[Name]>, context: ConditionContext) => Test
}

const COMPILERS: Compilers = {
  sub: (names) => nameTest(names, ({ principal }) => principal.sub),
  agent: (names) => {
    const { matches } = namePatterns(names)
    return ({ principal }) => principal.act !== undefined && matches(principal.act)
  },
  claims: (wanted) => {
    const test = compileClaims(wanted)
    return ({ principal }) => test(principal.claims)
  },
  via: (wanted) => {
    const vias = new Set<string>(asList(wanted))
    return ({ principal }) => vias.has(principal.via ?? 'code')
  },
  tenant: (names) => nameTest(names, ({ claim }) => claim.tenant),
  verb: (wanted) => {
    const verbs = new Set<string>(asList(wanted))
    return ({ verb }) => verbs.has(verb)
  },
  mode: (wanted) => {
    const modes = new Set<string>(asList(wanted))
    const all = MODES.every((mode) => modes.has(mode)) || undefined
    return ({ claim }) => (isWhole(claim) ? all : modes.has(claim.mode))
  },
  rule: (names) => nameTest(names, ({ claim }) => (claim.ruleId === '*' ? undefined : claim.ruleId)),
  provider: (names, { classes }) =>
    nameTest(
      asList<string>(names).map((name) => name.toLowerCase()),
      ({ claim }) => classes.of(claim.ruleId).provider,
    ),
  kind: (wanted, { classes }) => {
    const kinds = new Set<string>(asList(wanted))
    const all = KINDS.every((kind) => kinds.has(kind)) || undefined
    return ({ claim }) => {
      const { kind } = classes.of(claim.ruleId)
      return kind === undefined ? all : kinds.has(kind)
    }
  },
  minSeverity: (wanted, { classes }) => {
    const least = severityRank(wanted)
    return ({ claim }) => atLeast(classes.of(claim.ruleId), least)
  },
  thread: (names) => nameTest(names, ({ claim }) => (isTenant(claim) ? undefined : claim.threadId)),
  run: (names) => nameTest(names, ({ at }) => at.runId),
  node: (names) => nameTest(names, ({ at }) => at.node),
  channel: (names) => nameTest(names, ({ at }) => at.channel),
  environment: (names, { environment }) => nameTest(names, () => environment),
  time: (wanted, { clocks, timeZone }) => {
    const windows = asList<TimeWindow>(wanted).map((window) => compileWindow(window, clocks, timeZone))
    return ({ at }) => windows.some((isIn) => isIn(at.now))
  },
}

export type NamedTest = readonly [name: ConditionName, test: Test]

/** In the order in which they were written. */
export function compileConditions(conditions: PolicyConditions, context: ConditionContext): readonly NamedTest[] {
  return (Object.keys(conditions) as ConditionName[]).flatMap((name) => {
    const compile = COMPILERS[name] as (wanted: unknown, context: ConditionContext) => Test
    const wanted = conditions[name]
    return wanted === undefined ? [] : [[name, compile(wanted, context)] as const]
  })
}

/** False as soon as one is false; unknown when one is; else true. */
export function allOf(tests: readonly NamedTest[], request: AccessRequest): Truth {
  let result: Truth = true
  // By index: this runs for every rule of every decision, and an iterator would cost more than the tests.
  for (let i = 0; i < tests.length; i++) {
    const truth = tests[i]![1](request)
    if (truth === false) return false
    if (truth === undefined) result = undefined
  }
  return result
}

/** The claims of a thread or tenant, also those that come later, so of any mode and rule. */
const isWhole = ({ id }: AccessRequest['claim']): boolean => id === '*'
const isTenant = (claim: AccessRequest['claim']): boolean => isWhole(claim) && claim.threadId === ''

/** `*` alone fits whatever it is, so that one need not know. */
function nameTest(names: Names, read: (request: AccessRequest) => string | undefined): Test {
  const { matches, matchesAll } = namePatterns(names)
  if (matchesAll) return () => true
  return (request) => {
    const name = read(request)
    return name === undefined ? undefined : matches(name)
  }
}

function atLeast({ severity, orMore }: SecretClass, least: number): Truth {
  if (least === 0) return true
  if (severity === undefined) return undefined
  if (severityRank(severity) >= least) return true
  return orMore ? undefined : false
}
