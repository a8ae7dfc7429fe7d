import { type BigIntStats, readFileSync, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import type { AccessRequest, Authorizer, Decision } from '../access/authorizer.js'
import type { Policy, PolicyExplanation } from '../access/policy/policy.js'
import { ConfigError, foreignCode, SecretSafeError } from '../errors.js'
import { type PolicyOptions, policyOfText } from './create-policy.js'

const MAX_FILE_BYTES = 1024 * 1024
const DEFAULT_POLL_MS = 1_000

export interface PolicyFileOptions extends PolicyOptions {
  /** How often the file is looked at, in ms; 1,000 unless told. A change is read once two looks in a row find it the same. */
  readonly pollMs?: number
  /** Told once of each state of the file that cannot be used; `process.emitWarning` unless told. */
  readonly onError?: (error: SecretSafeError) => void
}

export interface PolicyStatus {
  /** Absolute. */
  readonly file: string
  /** How many rules are in force. */
  readonly rules: number
  /** When they were read, ms since the epoch by this process's clock. */
  readonly loadedAt: number
  /** Why the file as it is now is not in force; undefined when it is. */
  readonly error: SecretSafeError | undefined
}

/**
 * A policy that follows its file. A state of the file that is malformed, or its absence, leaves the policy as it was
 * and is loud; so an editor's slip neither opens nor stops anything.
 */
export class PolicyFile implements Authorizer {
  readonly #file: string
  readonly #options: PolicyFileOptions
  readonly #timer: NodeJS.Timeout
  #policy: Policy
  #loadedAt = Date.now()
  #error: SecretSafeError | undefined
  /** State of the file that was last tried, and the one that the last look found. */
  #tried: string
  #seen: string
  #work: Promise<unknown> = Promise.resolve()

  /** @throws ConfigError if the file cannot be read, or is no policy. */
  constructor(file: string, options: PolicyFileOptions = {}) {
    this.#file = path.resolve(file)
    this.#options = options
    // Looked at first: what changes while it is read is seen as a change later.
    this.#tried = this.#seen = stateSync(this.#file)
    this.#policy = policyOfText(this.#file, readSync(this.#file), options)
    this.#timer = setInterval(() => void this.#enqueue(() => this.#look()), options.pollMs ?? DEFAULT_POLL_MS)
    this.#timer.unref()
  }

  decide(request: AccessRequest): Decision {
    return this.#policy.decide(request)
  }

  explain(request: AccessRequest): PolicyExplanation {
    return this.#policy.explain(request)
  }

  get status(): PolicyStatus {
    return { file: this.#file, rules: this.#policy.size, loadedAt: this.#loadedAt, error: this.#error }
  }

  /** Reads the file now if it has changed. @returns the status after that; it never rejects. */
  async reload(): Promise<PolicyStatus> {
    await this.#enqueue(async () => {
      this.#seen = await stateOf(this.#file)
      if (this.#seen !== this.#tried) await this.#load()
    })
    return this.status
  }

  /** The file is not looked at any more. What is in force stays. */
  close(): void {
    clearInterval(this.#timer)
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const next = this.#work.then(work)
    this.#work = next
    return next
  }

  /** A file that is being written is left until it is the same twice: half of a policy may be a valid one. */
  async #look(): Promise<void> {
    const state = await stateOf(this.#file)
    const isSettled = state === this.#seen
    this.#seen = state
    if (isSettled && state !== this.#tried) await this.#load()
  }

  async #load(): Promise<void> {
    this.#tried = this.#seen
    try {
      const content = await read(this.#file)
      if ((await stateOf(this.#file)) !== this.#tried) {
        // It changed meanwhile: what was read may be half of it.
        this.#tried = ''
        return
      }
      this.#policy = policyOfText(this.#file, content, this.#options)
      this.#loadedAt = Date.now()
      this.#error = undefined
    } catch (error) {
      this.#error = error instanceof SecretSafeError ? error : unreadable(this.#file, error)
      this.#report(this.#error)
    }
  }

  #report(error: SecretSafeError): void {
    const { onError } = this.#options
    if (onError !== undefined) {
      try {
        onError(error)
        return
      } catch {
        // Said below instead.
      }
    }
    const since = new Date(this.#loadedAt).toISOString()
    process.emitWarning(`${error.message} The policy that was read at ${since} stays in force.`, {
      code: 'SECRET_SAFE_POLICY',
    })
  }
}

/**
 * The built-in engine over a YAML or JSON file that is read again when it changes.
 * @throws ConfigError that names file, line and column, if it cannot be used now.
 */
export function policyFromFile(file: string, options: PolicyFileOptions = {}): PolicyFile {
  return new PolicyFile(file, options)
}

/** Not synchronous: a file system that hangs must not hold up the process. */
function stateOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(describe, withoutFile)
}

function stateSync(file: string): string {
  try {
    return describe(statSync(file, { bigint: true }))
  } catch (error) {
    return withoutFile(error)
  }
}

/** Everything by which one version of a file differs from another, a replacement of the same size and time included. */
const describe = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join()

const withoutFile = (error: unknown): string => `unreadable ${foreignCode(error)?.code}`

function readSync(file: string): string {
  try {
    if (statSync(file).size > MAX_FILE_BYTES) throw tooLarge(file)
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw error instanceof SecretSafeError ? error : unreadable(file, error)
  }
}

/** Never more than the limit, whatever the size was a moment ago. */
async function read(file: string): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(MAX_FILE_BYTES + 1)
    let length = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
      if (length > MAX_FILE_BYTES) throw tooLarge(file)
    }
    return buffer.toString('utf8', 0, length)
  } finally {
    await handle.close()
  }
}

const tooLarge = (file: string) => new ConfigError(`${file}: a policy file has at most ${MAX_FILE_BYTES} bytes.`)

const unreadable = (file: string, error: unknown) =>
  new ConfigError(`${file}: the policy file could not be read.`, { cause: foreignCode(error) })
