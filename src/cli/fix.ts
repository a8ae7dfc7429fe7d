import { rmSync } from 'node:fs'
import type { Command } from 'commander'
import type { Authorizer } from '../access/authorizer.js'
import { runAudit } from '../audit/engine/run-audit.js'
import { commitFix } from '../audit/fix/commit-fix.js'
import type { FixMode } from '../audit/fix/mode.js'
import { planMode } from '../audit/fix/plan-mode.js'
import { redactMode } from '../audit/fix/redact-mode.js'
import { type FixResult, runFix } from '../audit/fix/run-fix.js'
import { scrubContextOf } from '../audit/fix/scrub-context.js'
import { sealMode } from '../audit/fix/seal-mode.js'
import type { FixStore } from '../audit/fix/store.js'
import { undoFix } from '../audit/fix/undo-fix.js'
import { detectorOf } from '../config/detector-of.js'
import { loadConfig } from '../config/load-config.js'
import { FieldPaths } from '../detect/field-paths.js'
import { InputError } from '../errors.js'
import { keyProviderFrom } from '../seal/keys/key-address.js'
import { DAY_MS } from '../vault/claim-row.js'
import type { ClaimVault } from '../vault/claim-vault.js'
import { printFix } from './fix-output.js'
import { operatorName } from './operator.js'
import { EXIT, print } from './output.js'
import {
  journalFile,
  requireJournal,
  type StoreOptions,
  withFixStore,
  withJournal,
  withStoreVault,
} from './store-work.js'
import { openStore, targetOf } from './target.js'

interface FixOptions extends StoreOptions {
  readonly apply?: boolean
  readonly mode?: string
  readonly undo?: boolean
  readonly commit?: boolean
  readonly vacuumFull?: boolean
  readonly version: string
}

const DEFAULT_TTL_MS = 30 * DAY_MS
const DEFAULT_MAX_STATE_BYTES = 256 << 20
const DEFAULT_MAX_SECRET_BYTES = 1 << 20

/**
 * Whoever runs a fix holds the vault's key and the store in which the same values stand in plaintext. It opens what it has
 * sealed itself, to go on after an interruption and to undo; each time is recorded.
 */
const fixAuthorizer: Authorizer = {
  decide({ principal, verb, claim }) {
    const sameTenant = principal.tenant === undefined || principal.tenant === claim.tenant
    const allowed = sameTenant && verb === 'restore' && claim.mode === 'resume'
    return { allowed, reason: allowed ? 'fix' : 'a fix restores what the saver would' }
  },
}

export function addFixCommand(program: Command, version: string): void {
  program
    .command('fix <store>')
    .description('take secrets out of an old checkpoint store; says what it would do unless told to --apply')
    .option('--apply', 'do it')
    .option(
      '--mode <mode>',
      'seal: into the vault, and claim URLs in the store; redact: a mark in the store, for good',
      'seal',
    )
    .option('--schema <name>', 'of a PostgreSQL store ("public" unless told)')
    .option('--vacuum-full', 'rewrite the tables of a PostgreSQL store afterwards; locks each while it is rewritten')
    .option('--journal <file>', 'what was done, for --undo ("<store>.fix-journal" unless told)')
    .option('--undo', 'put back what a fix replaced, byte for byte')
    .option('--commit', 'let the claims of a fix expire as the saver’s do; after that there is no undo')
    .option('--as <sub>', 'who does it, for the ledger ("operator:<user>@<host>" unless told)')
    .option('--json', 'JSON instead of text')
    .action((address: string, _options: object, command: Command) =>
      fix(address, { ...command.optsWithGlobals<FixOptions>(), version }),
    )
}

async function fix(address: string, options: FixOptions): Promise<void> {
  const { mode, apply, undo, commit } = options
  if (mode !== 'seal' && mode !== 'redact') throw new InputError('--mode is seal or redact.')
  if ([apply, undo, commit].filter(Boolean).length > 1)
    throw new InputError('Name one of --apply, --undo and --commit.')
  if (undo) return undoStore(address, options)
  if (commit) return commitStore(address, options)
  const result = await withFixStore(address, options, apply === true, (store) =>
    mode === 'redact' ? redact(address, store, options) : seal(address, store, options),
  )
  if (options.json) print(JSON.stringify(result))
  else printFix(result)
  const isDirty = result.left.length > 0 || !result.searchedAll || (!result.applied && result.plan.copies > 0)
  process.exitCode = isDirty ? EXIT.findings : EXIT.ok
}

async function redact(address: string, store: FixStore, options: FixOptions): Promise<FixResult> {
  return run(address, store, options, redactMode(store, settingsOf(options).contextOf))
}

async function seal(address: string, store: FixStore, options: FixOptions): Promise<FixResult> {
  const { contextOf, scanner } = settingsOf(options)
  if (await store.isPython()) {
    throw new InputError(
      'Python’s savers wrote to this store, and Python graphs have nothing that restores claims: its secrets can be audited, and redacted with --mode redact, not sealed.',
    )
  }
  if (!options.apply) return run(address, store, options, await plan(options))
  return withStoreVault(options, fixAuthorizer, true, (vault) =>
    withJournal(store, vault, 'fix', journalFile(address, store, 'fix', options.journal), async (journal) => {
      const sealing = sealMode({
        store,
        vault: vault.context(),
        tenant: vault.tenant,
        maxTtlMs: vault.maxTtlMs,
        principal: { sub: options.as ?? operatorName() },
        journal,
        scanner,
        contextOf,
      })
      return run(address, store, options, sealing)
    }),
  )
}

/** A vault that is not there yet is made by --apply; one that is there has to open. */
async function plan(options: FixOptions): Promise<FixMode> {
  const { contextOf } = settingsOf(options)
  const target = targetOf(options)
  const keys = keyProviderFrom(target.keys)
  await keys.currentId()
  await keys.close?.()
  const isThere = await openStore(target).then(
    async (claims) => {
      await claims.close()
      return true
    },
    (error: unknown) => {
      if ((error as { code?: unknown }).code === 'ERR_CONFIG_INVALID') return false
      throw error
    },
  )
  if (!isThere) return planMode(contextOf, target.tenant)
  return withStoreVault(options, fixAuthorizer, false, async (vault) =>
    planMode(contextOf, vault.tenant, vault.context().naming),
  )
}

function run(address: string, store: FixStore, options: FixOptions, mode: FixMode): Promise<FixResult> {
  const { scanner } = settingsOf(options)
  const { file, config } = loadConfig({ file: options.config })
  const { schema = 'public', version } = options
  const audit = () =>
    runAudit({
      store: address,
      schema: store.kind === 'postgres' ? schema : undefined,
      config,
      configFile: file,
      version,
    })
  const [apply, vacuumFull] = [options.apply === true, options.vacuumFull === true]
  return runFix({ store, mode, scanner, apply, vacuumFull, audit })
}

/** What the saver of the same configuration would find. */
function settingsOf(options: FixOptions) {
  const { config } = loadConfig({ file: options.config })
  const detector = detectorOf(config)
  const contextOf = scrubContextOf({
    detector,
    fields: new FieldPaths(config.saver?.fields ?? []),
    maxStateBytes: config.saver?.maxStateBytes ?? DEFAULT_MAX_STATE_BYTES,
    maxSecretBytes: config.vault?.maxSecretBytes ?? DEFAULT_MAX_SECRET_BYTES,
  })
  return { contextOf, scanner: detector.scanner, ttlMs: config.saver?.ttlMs ?? DEFAULT_TTL_MS }
}

async function undoStore(address: string, options: FixOptions): Promise<void> {
  const result = await withJournaled(address, options, ({ store, vault, journal }) =>
    undoFix({
      store,
      journal,
      vault: vault.context(),
      tenant: vault.tenant,
      principal: { sub: options.as ?? operatorName() },
    }),
  )
  if (options.json) print(JSON.stringify(result))
  else {
    print(`${result.restored} cells are as they were, in plaintext.`)
    if (result.changed > 0) print(`${result.changed} were written to or deleted since, and stay as they are.`)
    if (result.lost > 0) print(`${result.lost} hold claims that give nothing out any more, and stay as they are.`)
  }
  process.exitCode = result.changed + result.lost > 0 ? EXIT.findings : EXIT.ok
}

async function commitStore(address: string, options: FixOptions): Promise<void> {
  const { ttlMs } = settingsOf(options)
  const changed = await withJournaled(address, options, ({ store, vault, journal }) =>
    commitFix({
      store,
      journal,
      vault: vault.context(),
      tenant: vault.tenant,
      principal: { sub: options.as ?? operatorName() },
      ttlMs: ttlMs === 'thread' ? null : ttlMs,
      boundByCredential: false,
    }),
  )
  await withFixStore(address, options, false, async (store) =>
    rmSync(journalFile(address, store, 'fix', options.journal), { force: true }),
  )
  if (options.json) print(JSON.stringify({ changed }))
  else print(`${changed} claims expire from now on as the saver’s do. The journal is gone, and with it the undo.`)
}

async function withJournaled<Result>(
  address: string,
  options: FixOptions,
  work: (parts: {
    readonly store: FixStore
    readonly vault: ClaimVault
    readonly journal: Parameters<Parameters<typeof withJournal>[4]>[0]
  }) => Promise<Result>,
): Promise<Result> {
  return withFixStore(address, options, true, async (store) => {
    const file = requireJournal(journalFile(address, store, 'fix', options.journal))
    return withStoreVault(options, fixAuthorizer, false, (vault) =>
      withJournal(store, vault, 'fix', file, (journal) => work({ store, vault, journal })),
    )
  })
}
