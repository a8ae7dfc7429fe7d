import type { Command } from 'commander'
import { InputError } from '../errors.js'
import type { ApprovalInfo, ApprovalSelection } from '../vault/approvals/list-approvals.js'
import { withVault } from './open-vault.js'
import { operatorName } from './operator.js'
import { EXIT, print, style } from './output.js'
import type { GlobalOptions } from './target.js'

interface ApprovalsOptions extends GlobalOptions {
  readonly json?: boolean
  readonly as?: string
}

interface ListOptions extends ApprovalsOptions {
  readonly all?: boolean
  readonly thread?: string
}

interface DenyOptions extends ApprovalsOptions {
  readonly revoke?: boolean
}

/** Who holds the vault's key may act as any approver; the ledger keeps as whom. */
export function addApprovalsCommands(program: Command): void {
  const approvals = program
    .command('approvals')
    .description('requests for secrets that a policy gives out once others have agreed')

  const withCommon = (command: Command) =>
    command
      .option('--as <name>', 'the approver, as the policy names it ("operator:user@host" unless told)')
      .option('--json', 'JSON instead of text')

  withCommon(approvals.command('list').description('print open requests, the oldest first'))
    .option('--all', 'decided and ended ones, too')
    .option('--thread <id>', 'those of one thread')
    .action((_options: object, command: Command) => list(command.optsWithGlobals<ListOptions>()))

  withCommon(
    approvals.command('approve <request>').description('agree to a request; who asked, as user or as agent, cannot'),
  ).action((id: string, _options: object, command: Command) =>
    decide(id, 'approve', command.optsWithGlobals<ApprovalsOptions>()),
  )

  withCommon(approvals.command('deny <request>').description('refuse a request; one refusal decides'))
    .option('--revoke', 'also end the claim, and every claim of the same secret in its thread')
    .action((id: string, _options: object, command: Command) =>
      decide(id, 'deny', command.optsWithGlobals<DenyOptions>()),
    )
}

async function list(options: ListOptions): Promise<void> {
  const selection: ApprovalSelection = {
    ...(options.all ? {} : { state: 'pending' }),
    ...(options.thread === undefined ? {} : { threadId: options.thread }),
  }
  await withVault(options, async ({ vault }) => {
    const found = await vault.approvals(selection, { principal: byOf(options) })
    for (const info of found) print(options.json ? JSON.stringify(info) : describe(info))
    if (found.length === 0 && !options.json) print(options.all ? 'No requests.' : 'No open requests.')
  })
}

async function decide(id: string, decision: 'approve' | 'deny', options: DenyOptions): Promise<void> {
  if (!/^[\w-]{22}$/.test(id)) throw new InputError('A request is named by its id of 22 characters.')
  await withVault(options, async ({ vault }) => {
    const by = { principal: byOf(options) }
    const info =
      decision === 'approve'
        ? await vault.approve(id, by)
        : await vault.deny(id, { ...by, ...(options.revoke === undefined ? {} : { revoke: options.revoke }) })
    print(options.json ? JSON.stringify(info) : describe(info))
    process.exitCode = EXIT.ok
  })
}

const byOf = ({ as }: ApprovalsOptions) => ({ sub: as ?? operatorName() })

function describe(info: ApprovalInfo): string {
  const { id, state, claim, threadId, runId, verb, ruleId, requester, approvers, needed, votes } = info
  const agreed = votes.filter(({ decision }) => decision === 'approve').length
  const who = requester.act === undefined ? requester.sub : `${requester.act} for ${requester.sub}`
  const until = info.validUntil ?? info.requestEndsAt
  return [
    id,
    style(state === 'approved' ? 'green' : state === 'pending' ? 'yellow' : 'red', state),
    `${style('dim', 'by=')}${who}`,
    `${style('dim', 'wants=')}${verb}`,
    `${style('dim', 'rule=')}${ruleId}`,
    `${style('dim', 'thread=')}${threadId}`,
    ...(runId === null ? [] : [`${style('dim', 'run=')}${runId}`]),
    `${style('dim', 'approvers=')}${approvers.join(',')}`,
    `${style('dim', 'agreed=')}${agreed}/${needed}`,
    `${style('dim', 'until=')}${new Date(until).toISOString()}`,
    claim,
  ].join('  ')
}
