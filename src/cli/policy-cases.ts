import { readFileSync } from 'node:fs'
import { type AccessRequest, type Decision, VERBS, type Verb } from '../access/authorizer.js'
import { MODES, type Mode, VIAS } from '../access/policy/definition.js'
import type { Principal } from '../access/principal.js'
import { parseData } from '../config/parse-file.js'
import { type Check, expected, listOf, oneOf, required, section, text } from '../config/shape.js'
import { configError } from '../config/source.js'
import { ConfigError, foreignCode } from '../errors.js'

/** One line of the table: a request, and what the policy should say to it. */
export interface PolicyCase {
  readonly name?: string
  readonly as: string
  readonly act?: string
  readonly asTenant?: string
  readonly claims?: Readonly<Record<string, unknown>>
  readonly via?: NonNullable<Principal['via']>
  readonly verb?: Verb
  /** Of the claim; without it the whole thread is meant, and without a thread the tenant. */
  readonly rule?: string
  readonly mode?: Mode
  readonly thread?: string
  readonly tenant?: string
  readonly allow?: readonly string[]
  readonly run?: string
  readonly node?: string
  readonly channel?: string
  readonly environment?: string
  /** Now unless told. */
  readonly at?: string
  readonly expect: 'allow' | 'deny' | 'approve'
  /** The rule that should decide, or `default` for none. */
  readonly by?: string
}

const time: Check = (value, path) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value))
    ? undefined
    : expected('a time such as 2027-01-31T12:00Z', value, path)

const claims: Check = (value, path) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? undefined
    : expected('a mapping of claim names to values', value, path)

const notEmpty =
  (check: Check): Check =>
  (value, path) =>
    check(value, path) ??
    ((value as readonly unknown[]).length === 0 ? { path, message: 'needs at least one case' } : undefined)

const table = required(
  ['cases'],
  section({
    cases: notEmpty(
      listOf(
        required(
          ['as', 'expect'],
          section({
            name: text,
            as: text,
            act: text,
            asTenant: text,
            claims,
            via: oneOf(...VIAS),
            verb: oneOf(...VERBS),
            rule: text,
            mode: oneOf(...MODES),
            thread: text,
            tenant: text,
            allow: listOf(text),
            run: text,
            node: text,
            channel: text,
            environment: text,
            at: time,
            expect: oneOf('allow', 'deny', 'approve'),
            by: text,
          }),
        ),
      ),
    ),
  }),
)

/** @throws ConfigError that names the file, the line and the column. */
export function readCases(file: string): readonly PolicyCase[] {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${file}: the table of cases could not be read.`, { cause: foreignCode(error) })
  }
  const { value, source } = parseData(file, content)
  const problem = table(value, [])
  if (problem !== undefined) throw configError(source, problem)
  return (value as { readonly cases: readonly PolicyCase[] }).cases
}

export function requestOfCase(each: PolicyCase): AccessRequest {
  const { as: sub, act, asTenant, claims: said, via, verb = 'restore', at } = each
  const { rule, mode = 'resume', thread = '', tenant = 'default', allow = null, run, node, channel } = each
  return {
    principal: {
      sub,
      ...(act === undefined ? {} : { act }),
      ...(asTenant === undefined ? {} : { tenant: asTenant }),
      ...(said === undefined ? {} : { claims: said }),
      ...(via === undefined ? {} : { via }),
    },
    verb,
    claim: { id: rule === undefined ? '*' : 'case', tenant, threadId: thread, mode, ruleId: rule ?? '*', allow },
    at: {
      now: at === undefined ? Date.now() : Date.parse(at),
      ...(run === undefined ? {} : { runId: run }),
      ...(node === undefined ? {} : { node }),
      ...(channel === undefined ? {} : { channel }),
    },
  }
}

/** One word for what was decided. */
export function effectOf({ allowed, approval }: Decision): PolicyCase['expect'] {
  return allowed ? (approval === undefined ? 'allow' : 'approve') : 'deny'
}
