import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Place, SourceSummary } from '../report.js'

/** Absolute paths. What lies in the checkout is named relative to its root, as code scanning requires. */
export interface Checkout {
  readonly root: string
  /** To which names in the report are relative. */
  readonly cwd: string
}

/** Of the repository that a directory is in; undefined where it is in none. */
export function checkoutAround(cwd: string): Checkout | undefined {
  for (let root = cwd; ; root = path.dirname(root)) {
    // A directory, or the file of a worktree or a submodule.
    if (existsSync(path.join(root, '.git'))) return { root, cwd }
    if (root === path.dirname(root)) return undefined
  }
}

/** A relative URI, or `file:` for an absolute path outside of the checkout; nothing else is taken by code scanning. */
export function artifactUri(place: Place, source: SourceSummary | undefined, checkout: Checkout | undefined): string {
  const name = source?.name ?? 'store'
  if (place.file !== undefined) return fileUri(inDirectory(place.file, name, checkout), checkout)
  if (source?.kind === 'sqlite' || source?.kind === 'file' || !name.includes('://')) return fileUri(name, checkout)
  const [scheme, rest] = name.split('://', 2)
  return encodePath([scheme!, ...rest!.split(/[/?#]/), place.table ?? ''].join('/'))
}

/** An audit names the files of a directory relative to it, whose own name is absolute. */
function inDirectory(file: string, source: string, checkout: Checkout | undefined): string {
  const isInside = checkout !== undefined && file !== source && path.isAbsolute(source)
  return isInside ? path.resolve(source, file) : file
}

function fileUri(file: string, checkout: Checkout | undefined): string {
  const slashed = (checkout === undefined ? file : path.resolve(checkout.cwd, file)).replaceAll('\\', '/')
  const base = checkout?.root.replaceAll('\\', '/').replace(/\/?$/, '/')
  if (base !== undefined && slashed.startsWith(base)) return encodePath(slashed.slice(base.length))
  if (slashed.startsWith('/')) return `file:///${encodePath(slashed)}`
  return /^[A-Za-z]:\//.test(slashed) ? `file:///${encodePath(slashed)}` : encodePath(slashed)
}

/** A URI parser takes `%2E%2E` for a step upwards, too. */
const UPWARDS = '__'

/** Each step percent-encoded, so that no name makes a scheme, a host, a query or a step upwards in a URI. */
function encodePath(slashed: string): string {
  const steps = slashed.split('/').filter((step) => step !== '' && step !== '.')
  const encoded = steps.map((step) => (step === '..' ? UPWARDS : encodeURIComponent(step.toWellFormed())))
  return encoded.length === 0 ? 'unnamed' : encoded.join('/')
}
