import type { Command } from 'commander'
import { ClaimDeniedError, InputError } from '../errors.js'
import type { RevokeTarget } from '../vault/claim-options.js'
import type { ClaimId, ClaimRow } from '../vault/claim-store.js'
import { parseClaimUrl } from '../vault/claim-url.js'
import type { ClaimVault } from '../vault/claim-vault.js'
import { type ClaimSelection, type ListedClaim, listClaims } from '../vault/list-claims.js'
import { withVault } from './open-vault.js'
import { operatorName } from './operator.js'
import { EXIT, print, style } from './output.js'
import { readSecret } from './read-secret.js'
import type { GlobalOptions } from './target.js'

interface ClaimsOptions extends GlobalOptions {
  readonly as?: string
  readonly json?: boolean
}

interface ListOptions extends ClaimsOptions {
  readonly thread?: string
  readonly run?: string
  readonly state?: string
  readonly mode?: string
}

interface RevokeOptions extends ClaimsOptions {
  readonly thread?: string
  readonly run?: string
  readonly sub?: string
  readonly valueStdin?: boolean
  readonly alone?: boolean
  readonly tenantWide?: boolean
  readonly yes?: boolean
}

const STATES = ['live', 'expired', 'spent', 'ended', 'revoked', 'suspended', 'damaged']
const MODES = ['resume', 'handoff', 'lease']

/** What claims there are, and ending them. None of these prints what a claim stands for. */
export function addClaimsCommands(program: Command): void {
  const claims = program.command('claims').description('list, look at and end claims; never prints a value')
  const withCommon = (command: Command) =>
    command
      .option('--as <sub>', 'who asks, for the ledger ("operator:<user>@<host>" unless told)')
      .option('--json', 'JSON instead of text')

  withCommon(claims.command('list').description('the claims of a tenant, a thread or a run'))
    .option('--thread <id>', 'claims of a thread')
    .option('--run <id>', 'claims that a run uses')
    .option('--state <state>', STATES.join(', '))
    .option('--mode <mode>', MODES.join(', '))
    .action((_options: object, command: Command) => list(command.optsWithGlobals<ListOptions>()))

  withCommon(
    claims
      .command('show <claim>')
      .description('what is known of a claim (its URL, or its id), and what happened to it'),
  ).action((text: string, _options: object, command: Command) => show(text, command.optsWithGlobals<ClaimsOptions>()))

  withCommon(
    claims.command('where').description('read a secret from standard input, and print the claims that hold it'),
  ).action((_options: object, command: Command) => where(command.optsWithGlobals<ClaimsOptions>()))

  withCommon(
    claims
      .command('revoke [claim]')
      .description('end claims for good: name one target, such as the URL or id of a claim'),
  )
    .option('--alone', 'with a claim: not the other claims of the same secret')
    .option('--thread <id>', 'everything in a thread, now and later')
    .option('--run <id>', 'what a run uses and no other run does; a later run may store it again')
    .option('--sub <name>', 'every access of a user, workload or agent')
    .option('--value-stdin', 'a secret, read from standard input, in every thread, now and later')
    .option('--tenant-wide', 'every access of the tenant; needs --yes')
    .option('--yes', 'yes, the whole tenant')
    .action((text: string | undefined, _options: object, command: Command) =>
      revoke(text, command.optsWithGlobals<RevokeOptions>()),
    )
}

async function list(options: ListOptions): Promise<void> {
  const selection = selectionOf(options)
  await withVault(options, async ({ vault }) => {
    let found = 0
    for await (const info of listClaims(vault.context(), vault.tenant, selection, byOf(options))) {
      found += 1
      print(options.json ? JSON.stringify(info) : describe(info))
    }
    if (found === 0 && !options.json) print('No such claims.')
  })
}

async function show(text: string, options: ClaimsOptions): Promise<void> {
  await withVault(options, async ({ vault }) => {
    const by = byOf(options)
    const { url, threadId } = await locate(vault, text)
    const info = await vault.peek(url, { threadId, principal: by })
    const { id } = parseClaimUrl(url)!
    const events = await vault.ledger({ claim: id })
    if (options.json) return print(JSON.stringify({ ...info, events }, undefined, 2))
    for (const [name, value] of Object.entries(info))
      print(`${style('dim', name.padEnd(19))} ${valueText(name, value)}`)
    for (const { at, operation, outcome, reason, sub } of events) {
      print(`${style('dim', new Date(at).toISOString())}  ${operation}  ${reason ?? outcome}  ${sub ?? ''}`.trimEnd())
    }
  })
}

async function where(options: ClaimsOptions): Promise<void> {
  const value = await readSecret()
  await withVault(options, async ({ vault }) => {
    const found = await vault.find({ value }, { principal: byOf(options) })
    if (options.json) print(JSON.stringify(found, undefined, 2))
    else if (found.length === 0) print('No claim holds it.')
    else for (const info of found) print(describe(info))
    process.exitCode = found.length === 0 ? EXIT.ok : EXIT.findings
  })
}

async function revoke(text: string | undefined, options: RevokeOptions): Promise<void> {
  const targetOf = await revokeTargetOf(text, options)
  await withVault(options, async ({ vault }) => {
    const ended = await vault.revoke(await targetOf(vault), { principal: byOf(options) })
    if (options.json) print(JSON.stringify({ ended }))
    else if (options.sub !== undefined || options.tenantWide) print('Revoked: nothing is given out any more.')
    else print(`${ended} ${ended === 1 ? 'claim' : 'claims'} ended.`)
  })
}

/** @throws InputError unless exactly one target is named. */
async function revokeTargetOf(
  text: string | undefined,
  { thread, run, sub, valueStdin, alone, tenantWide, yes }: RevokeOptions,
): Promise<(vault: ClaimVault) => Promise<RevokeTarget>> {
  const named = [text, thread, run, sub, valueStdin, tenantWide].filter((target) => target !== undefined)
  if (named.length !== 1) {
    throw new InputError('Name one of: a claim, --thread, --run, --sub, --value-stdin, --tenant-wide.')
  }
  if (alone && text === undefined) throw new InputError('--alone goes with a claim.')
  if (tenantWide && !yes) throw new InputError('--tenant-wide stops every access of the tenant. Say --yes as well.')
  if (valueStdin) {
    const value = await readSecret()
    return async () => ({ value })
  }
  return async (vault) => {
    if (text === undefined) {
      if (thread !== undefined) return { threadId: thread }
      if (run !== undefined) return { runId: run }
      return sub === undefined ? { tenant: true } : { sub }
    }
    const { url } = await locate(vault, text)
    return alone ? { grant: url } : { claim: url }
  }
}

export interface LocatedClaim {
  readonly url: string
  readonly threadId: string
  /** As it is stored: its MAC is not checked. */
  readonly row: ClaimRow
  /** The store's clock. */
  readonly now: number
}

/** A claim by its URL or by its id alone, as the ledger shows it. @throws ClaimDeniedError, InputError */
export async function locate(vault: ClaimVault, text: string): Promise<LocatedClaim> {
  const { tenant } = vault
  const { store, naming } = vault.context()
  const id = parseClaimUrl(text)?.id ?? (/^[\w-]{22}$/.test(text) ? (text as ClaimId) : undefined)
  if (id === undefined) throw new InputError('A claim is named by its URL, or by its id of 22 characters.')
  const { claims, now } = await store.load({ tenant, threadId: '', ids: [id], places: [], revocations: [] })
  const row = claims[0]
  if (row === undefined || row.tenant !== tenant) throw new ClaimDeniedError()
  const url = naming.url(row, id)
  if (text !== id && text !== url) throw new ClaimDeniedError()
  return { url, threadId: row.threadId, row, now }
}

function selectionOf({ thread, run, state, mode }: ListOptions): ClaimSelection {
  if (state !== undefined && !STATES.includes(state)) throw new InputError(`--state is one of ${STATES.join(', ')}.`)
  if (mode !== undefined && !MODES.includes(mode)) throw new InputError(`--mode is one of ${MODES.join(', ')}.`)
  return {
    ...(thread === undefined ? {} : { threadId: thread }),
    ...(run === undefined ? {} : { runId: run }),
    ...(state === undefined ? {} : { state }),
    ...(mode === undefined ? {} : { mode }),
  }
}

const byOf = ({ as }: ClaimsOptions) => ({ sub: as ?? operatorName() })

function describe({ url, threadId, mode, state, ruleId, createdAt, expiresAt, claimsLeft }: ListedClaim): string {
  const time = (at: number) => new Date(at).toISOString()
  return [
    url,
    style(state === 'live' ? 'green' : 'yellow', state),
    mode,
    `${style('dim', 'rule=')}${ruleId}`,
    `${style('dim', 'thread=')}${threadId}`,
    `${style('dim', 'created=')}${time(createdAt)}`,
    ...(expiresAt === null ? [] : [`${style('dim', 'ends=')}${time(expiresAt)}`]),
    ...(claimsLeft === null ? [] : [`${style('dim', 'left=')}${claimsLeft}`]),
  ].join('  ')
}

function valueText(name: string, value: unknown): string {
  if (name.endsWith('At') && typeof value === 'number') return new Date(value).toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
