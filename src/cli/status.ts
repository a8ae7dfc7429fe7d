import type { Command } from 'commander'
import { withVault } from './open-vault.js'
import { print, style } from './output.js'
import type { GlobalOptions } from './target.js'

const COUNT_UP_TO = 1_000

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('open the vault and print its id, its key and what it holds')
    .action((_options: object, command: Command) => status(command.optsWithGlobals<GlobalOptions>()))
}

/** Opens the vault as a process would, and says what it found. */
async function status(options: GlobalOptions): Promise<void> {
  await withVault(options, async ({ target, store, keys }) => {
    const row = await store.readVault()
    const threads = (await store.listThreads(target.tenant, undefined, COUNT_UP_TO)).length
    const currentKey = await keys.currentId()
    line('vault', row?.vaultId ?? '')
    line('key', row?.kekId === currentKey ? `${currentKey} (current)` : `${row?.kekId} (an old key of this ring)`)
    line('schema', `${style('green', 'ok')}`)
    line('tenant', target.tenant)
    line('threads', threads === COUNT_UP_TO ? `${threads} or more` : String(threads))
    line('config', target.configFile ?? 'none')
  })
}

function line(name: string, value: string): void {
  print(`${style('dim', name.padEnd(8))} ${value}`)
}
