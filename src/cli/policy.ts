import type { Command } from 'commander'
import type { AccessRequest, Verb } from '../access/authorizer.js'
import { VERBS } from '../access/authorizer.js'
import { MODES, type Mode, VIAS } from '../access/policy/definition.js'
import type { RuleExplanation } from '../access/policy/policy.js'
import type { Principal } from '../access/principal.js'
import { InputError } from '../errors.js'
import { locate } from './claims.js'
import { withVault } from './open-vault.js'
import { operatorName } from './operator.js'
import { EXIT, print, style } from './output.js'
import { effectOf } from './policy-cases.js'
import { PolicySource, type PolicySourceOptions } from './policy-source.js'
import { type TestOptions, testPolicy } from './policy-test.js'
import { timeOf } from './time.js'

interface ExplainOptions extends PolicySourceOptions {
  readonly as: string
  readonly asTenant?: string
  readonly act?: string
  readonly claims?: string
  readonly via?: string
  readonly claim?: string
  readonly verb: string
  readonly rule?: string
  readonly mode?: string
  readonly thread?: string
  readonly run?: string
  readonly node?: string
  readonly channel?: string
  readonly at?: string
  readonly json?: boolean
}

/** What a policy says, and whether it says what it should. */
export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('explain, test and check the policy of claims')
  const withCommon = (command: Command) =>
    command
      .option('--policy <file>', "the policy's file (the configuration's unless told)")
      .option('--environment <name>', 'where it runs, for conditions on it')

  withCommon(policy.command('explain').description('what the policy decides for a request, and why, rule by rule'))
    .requiredOption('--as <sub>', 'who asks: a user or a workload')
    .option('--act <name>', 'the agent acting for it')
    .option('--claims <json>', 'what its token says')
    .option('--via <kind>', VIAS.join(', '))
    .option('--as-tenant <name>', 'the tenant of who asks')
    .option('--claim <claim>', 'URL or id of a claim: its rule, thread and mode are read from the vault')
    .option('--verb <verb>', VERBS.join(', '), 'restore')
    .option('--rule <id>', 'without a claim: the rule that found it; without both, the whole thread is meant')
    .option('--mode <mode>', `without a claim: ${MODES.join(', ')}`)
    .option('--thread <id>', 'without a claim: its thread; without it and a rule, the whole tenant is meant')
    .option('--run <id>', 'the run that asks')
    .option('--node <name>', 'the node that asks')
    .option('--channel <name>', 'the channel that is read')
    .option('--at <time>', 'when, such as 2027-01-31T12:00Z; now unless told')
    .option('--json', 'JSON instead of text')
    .action((_options: object, command: Command) => explain(command.optsWithGlobals<ExplainOptions>()))

  withCommon(policy.command('test [file]').description('decide a table of cases, and compare with what is expected'))
    .option('--json', 'JSON instead of text')
    .action((file: string | undefined, _options: object, command: Command) =>
      testPolicy(file, command.optsWithGlobals<TestOptions>()),
    )

  withCommon(policy.command('check').description('validate the policy, and name rules that do nothing')).action(
    (_options: object, command: Command) => check(command.optsWithGlobals<PolicySourceOptions>()),
  )
}

async function explain(options: ExplainOptions): Promise<void> {
  const { decision, rules } = new PolicySource(options).compile().explain(await requestOf(options))
  if (options.json) return print(JSON.stringify({ decision, rules }, undefined, 2))
  print(`${effectOf(decision)}  ${decision.reason}${decision.rule === undefined ? '' : `: ${decision.rule}`}`)
  if (decision.approval !== undefined) {
    const { approvers, needed = 1 } = decision.approval
    print(`${style('dim', 'by')}     ${needed} of ${approvers.join(', ')}`)
  }
  const width = Math.max(0, ...rules.map(({ id }) => id.length))
  for (const rule of rules) print(describe(rule, width))
}

function describe({ id, effect, fits, because, decided, description }: RuleExplanation, width: number): string {
  return [
    `${decided ? '→' : ' '} ${id.padEnd(width)}`,
    effect.padEnd(7),
    fits.padEnd(7),
    (because ?? '').padEnd(16),
    style('dim', description ?? ''),
  ]
    .join('  ')
    .trimEnd()
}

async function requestOf(options: ExplainOptions): Promise<AccessRequest> {
  const principal = principalOf(options)
  const verb = oneOf('--verb', VERBS, options.verb) as Verb
  const { claim, now } = options.claim === undefined ? claimByHand(options) : await claimOf(options.claim, options)
  const { run, node, channel, at } = options
  return {
    principal,
    verb,
    claim,
    at: {
      now: at === undefined ? now : timeOf(at),
      ...(run === undefined ? {} : { runId: run }),
      ...(node === undefined ? {} : { node }),
      ...(channel === undefined ? {} : { channel }),
    },
  }
}

function principalOf({ as, asTenant, act, claims, via }: ExplainOptions): Principal {
  return {
    sub: as,
    ...(act === undefined ? {} : { act }),
    ...(asTenant === undefined ? {} : { tenant: asTenant }),
    ...(claims === undefined ? {} : { claims: parseClaims(claims) }),
    ...(via === undefined ? {} : { via: oneOf('--via', VIAS, via) as NonNullable<Principal['via']> }),
  }
}

type Asked = Pick<AccessRequest, 'claim'> & Pick<AccessRequest['at'], 'now'>

function claimByHand({ rule, mode, thread = '', tenant = 'default' }: ExplainOptions): Asked {
  const whole = rule === undefined
  if (whole && mode !== undefined)
    throw new InputError('--mode goes with --rule: a whole thread has claims of any mode.')
  const claim = {
    id: whole ? '*' : 'by-hand',
    tenant,
    threadId: thread,
    mode: oneOf('--mode', MODES, mode ?? 'resume') as Mode,
    ruleId: rule ?? '*',
    allow: null,
  }
  return { claim, now: Date.now() }
}

/** As the vault knows it; that it was looked at is recorded. @throws InputError, ClaimDeniedError */
async function claimOf(text: string, options: ExplainOptions): Promise<Asked> {
  if ([options.rule, options.mode, options.thread].some((given) => given !== undefined))
    throw new InputError('--claim says which rule, mode and thread: give it, or these.')
  return withVault(options, async ({ vault }) => {
    const { url, threadId, row, now } = await locate(vault, text)
    await vault.peek(url, { threadId, principal: { sub: operatorName() } })
    const { id, tenant, mode, ruleId, allow } = row
    return { claim: { id, tenant, threadId, mode, ruleId, allow }, now }
  })
}

function parseClaims(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    value = undefined
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new InputError('--claims is a JSON object, such as {"role":"admin"}.')
}

function oneOf(option: string, known: readonly string[], value: string): string {
  if (known.includes(value)) return value
  throw new InputError(`${option} is one of ${known.join(', ')}.`)
}

function check(options: PolicySourceOptions): void {
  const source = new PolicySource(options)
  const warnings = source.warnings()
  const { length } = source.definition.rules
  for (const warning of warnings) print(`${style('yellow', 'warning')}  ${warning}`)
  print(`${source.file}: ${count(length, 'rule')}, ${count(warnings.length, 'warning')}.`)
  process.exitCode = warnings.length === 0 ? EXIT.ok : EXIT.findings
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`
