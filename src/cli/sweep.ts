import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { InputError, SecretSafeError } from '../errors.js'
import { Sweeper, type SweepPass } from '../vault/sweeper.js'
import { withVault } from './open-vault.js'
import { print, printError } from './output.js'
import type { GlobalOptions } from './target.js'

interface SweepCommandOptions extends GlobalOptions {
  readonly watch?: boolean
  readonly every: string
  readonly json?: boolean
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const
/** Longer, and a signal or a clock that was set would be noticed late; setTimeout ends at 24.8 days. */
const MAX_EVERY_MS = 24 * UNITS.h

export function addSweepCommands(program: Command): void {
  program
    .command('sweep')
    .description('clear the ciphertext of claims that have ended')
    .option('--watch', 'sweep again and again, until SIGINT or SIGTERM')
    .option('--every <time>', 'with --watch: how long to wait in between, such as 30s, 5m or 1h', '1m')
    .option('--json', 'one JSON object for each pass')
    .action((_options: object, command: Command) => sweep(command.optsWithGlobals<SweepCommandOptions>()))
}

/** Clears the ciphertext of claims that have ended. */
async function sweep(options: SweepCommandOptions): Promise<void> {
  const everyMs = durationOf(options.every)
  const show = (pass: SweepPass) => print(options.json ? JSON.stringify(pass) : describe(pass))
  await withVault(options, async ({ vault }) => {
    const { store, ledger } = vault.context()
    const sweeper = new Sweeper(store, ledger)
    if (!options.watch) return show(await sweeper.sweep())
    await untilSignal(async (signal) => {
      for (;;) {
        const pass = await sweeper.sweep().catch(reportRetryable)
        if (pass !== undefined) show(pass)
        await sleep(everyMs, undefined, { signal })
      }
    })
  })
}

/** A store that is down for a while ends no watch; what a retry cannot mend does. */
function reportRetryable(error: unknown): undefined {
  if (!(error instanceof SecretSafeError && error.retryable)) throw error
  printError(error)
}

/** Runs until SIGINT or SIGTERM; a pass that has begun is finished. */
async function untilSignal(work: (signal: AbortSignal) => Promise<never>): Promise<void> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    await work(stop.signal)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

function describe({ cleared, removed }: SweepPass): string {
  const claims = `${cleared} ${cleared === 1 ? 'claim' : 'claims'} cleared`
  return removed === 0 ? `${claims}.` : `${claims}, ${removed} emptied ${removed === 1 ? 'row' : 'rows'} removed.`
}

function durationOf(text: string): number {
  const parts = /^(\d{1,6})([smh])$/.exec(text)
  const ms = parts === null ? 0 : Number(parts[1]) * UNITS[parts[2] as keyof typeof UNITS]
  if (ms === 0 || ms > MAX_EVERY_MS) throw new InputError('--every is a time such as 30s, 5m or 1h; a day at most.')
  return ms
}
