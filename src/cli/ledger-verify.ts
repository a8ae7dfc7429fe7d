import { readFileSync } from 'node:fs'
import { ConfigError, foreignCode } from '../errors.js'
import type { LedgerReport } from '../ledger/ledger-report.js'
import { showRanges } from '../ledger/link-ranges.js'
import { readKeyFile } from '../seal/keys/key-file.js'
import { verifyStore } from '../vault/verify-store.js'
import { keysIfAny } from './ledger-keys.js'
import { EXIT, print, style } from './output.js'
import { type GlobalOptions, openStore, targetOf } from './target.js'

export interface VerifyOptions extends GlobalOptions {
  readonly auditorKey?: readonly string[]
  readonly signingKey?: readonly string[]
  readonly anchor?: string
  readonly json?: boolean
}

/** Checks a ledger with the keys that are at hand: the vault's, an auditor's, or both. Writes nothing. */
export async function verify(options: VerifyOptions): Promise<void> {
  const target = targetOf(options)
  const auditorKeys = options.auditorKey?.map(readKeyFile) ?? []
  const signingKeys = options.signingKey?.map(readText)
  const anchors = options.anchor === undefined ? undefined : readText(options.anchor)
  const keys = keysIfAny(target, auditorKeys.length > 0)
  const store = await openStore(target)
  try {
    const report = await verifyStore(store, keys, {
      auditorKeys,
      ...(signingKeys === undefined ? {} : { signingKeys }),
      ...(anchors === undefined ? {} : { anchors }),
    })
    if (options.json) print(JSON.stringify(report, null, 2))
    else show(report)
    if (!report.intact) process.exitCode = EXIT.findings
  } finally {
    await store.close()
  }
}

function show(report: LedgerReport): void {
  const { records, writers, roots, sealedThrough, pruned, findings, findingCount, unsettled, blindSpots } = report
  print(verdict(report))
  print(
    `${records} events of ${writers} writers; ${roots} roots, sealed through event ${sealedThrough}; ${pruned} pruned.`,
  )
  for (const { kind, what } of findings) print(`  ${style('red', kind)}  ${what}`)
  if (findingCount > findings.length) print(`  and ${findingCount - findings.length} more`)
  if (unsettled.length > 0) {
    print('Links that may never have been stored (in flight at a crash, or of an unknown outcome):')
    for (const { writer, links } of unsettled) print(`  ${writer}  ${showRanges(links)}`)
  }
  print('What this check could not have seen:')
  for (const spot of blindSpots) print(`  ${style('yellow', '-')} ${spot}`)
}

/** A key that is not at hand is no sign of tampering, and no proof that there was none. */
function verdict({ intact, findings, findingCount }: LedgerReport): string {
  if (intact) return style('green', 'The ledger is intact.')
  const isUnchecked = findingCount === findings.length && findings.every(({ kind }) => kind === 'unchecked')
  if (isUnchecked) return style('yellow', 'The ledger could not be checked as a whole: a key is missing.')
  return style('red', 'The ledger is broken.')
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = foreignCode(error)
    throw new ConfigError(`The file ${file} could not be read (${code?.code ?? 'unknown'}).`, { cause: code })
  }
}
