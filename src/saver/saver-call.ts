import type { RunnableConfig } from '@langchain/core/runnables'
import type {
  BaseCheckpointSaver,
  ChannelVersions,
  Checkpoint,
  CheckpointMetadata,
  PendingWrite,
} from '@langchain/langgraph-checkpoint'
import { hasAccessor, isPlainObject } from '../detect/shapes.js'
import { CHECKPOINT, CONFIG, METADATA, STRUCTURAL_FIELDS } from '../vault/scrub/channels.js'

/** Savers count versions in numbers or in strings. */
export type AnySaver = BaseCheckpointSaver<string | number>

/** Visits one value that is about to be persisted; `channel` is where it will stand. */
export type Visit = (value: unknown, channel: string) => unknown

/** What holds values that are about to be persisted. */
export interface Visitable<Self> {
  /** The same with visited values; the same object when nothing changed. */
  map(visit: Visit): Self
  /** The same, its ids, versions and positions in copies of our own; the values are those that `map` visits. */
  owned(): Self
}

/** What a task writes when it stops. */
const EARLY_CHANNELS = new Set(['__error__', '__interrupt__'])

/** A call that persists something: every value in it can be visited, and it can be sent on. */
export interface SaverCall<Result> extends Visitable<SaverCall<Result>> {
  readonly config: RunnableConfig
  /** True when the put that it follows may arrive only after it; see `SecretSafeSaver.putWrites`. */
  readonly mayComeEarly: boolean
  /** Of the checkpoint that it stores; undefined for writes. */
  readonly checkpointId: string | undefined
  /** Channels that its writes are for; none for a checkpoint. */
  readonly channels: readonly string[]
  /** Stored as they are: thread and task ids, task paths, namespaces, channel and node names. */
  names(): Iterable<unknown>
  send(inner: AnySaver): Promise<Result>
}

export class PutCall implements SaverCall<RunnableConfig> {
  readonly mayComeEarly = false
  readonly channels = []

  constructor(
    readonly config: RunnableConfig,
    readonly checkpoint: Checkpoint,
    readonly metadata: CheckpointMetadata,
    readonly newVersions: ChannelVersions,
    /** The caller's own config, before any of its secrets were replaced. */
    readonly given = config,
  ) {}

  get checkpointId(): string {
    return this.checkpoint.id
  }

  map(visit: Visit): PutCall {
    const config = mapConfig(this.config, visit)
    const metadata = visit(this.metadata, METADATA) as CheckpointMetadata
    const checkpoint = mapCheckpoint(this.checkpoint, visit)
    if (config === this.config && metadata === this.metadata && checkpoint === this.checkpoint) return this
    return new PutCall(config, checkpoint, metadata, this.newVersions, this.given)
  }

  owned(): PutCall {
    const { channel_versions, versions_seen } = this.checkpoint
    const checkpoint = {
      ...this.checkpoint,
      ...(channel_versions && { channel_versions: { ...channel_versions } }),
      ...(versions_seen && { versions_seen: mapFields(versions_seen, (seen) => ({ ...(seen as object) })) }),
    }
    return new PutCall(ownedConfig(this.config), checkpoint, this.metadata, this.newVersions && { ...this.newVersions })
  }

  *names(): Iterable<unknown> {
    yield* configNames(this.config)
    yield this.checkpoint.id
    for (const names of [this.checkpoint.channel_values, this.checkpoint.channel_versions, this.newVersions]) {
      yield* Object.keys(names ?? {})
    }
    yield* Object.keys(this.checkpoint.versions_seen ?? {})
  }

  async send(inner: AnySaver): Promise<RunnableConfig> {
    const stored = await inner.put(this.config, this.checkpoint, this.metadata, this.newVersions)
    return giveBack(stored, this.config, this.given)
  }
}

export class PutWritesCall implements SaverCall<void> {
  readonly checkpointId = undefined

  constructor(
    readonly config: RunnableConfig,
    readonly writes: PendingWrite[],
    readonly taskId: string,
    /** Absent when the caller gave none: an inner saver may look at the number of its arguments. */
    readonly taskPath: readonly [string?],
  ) {}

  get channels(): readonly string[] {
    return this.writes.map(([channel]) => channel)
  }

  get mayComeEarly(): boolean {
    return this.writes.length > 0 && this.writes.every(([channel]) => EARLY_CHANNELS.has(channel))
  }

  map(visit: Visit): PutWritesCall {
    const config = mapConfig(this.config, visit)
    const writes = mapItems<PendingWrite>(this.writes, (write) => {
      const value = visit(write[1], write[0])
      return value === write[1] ? write : [write[0], value]
    })
    if (config === this.config && writes === this.writes) return this
    return new PutWritesCall(config, writes, this.taskId, this.taskPath)
  }

  owned(): PutWritesCall {
    const writes = this.writes.map(([channel, value]): PendingWrite => [channel, value])
    return new PutWritesCall(ownedConfig(this.config), writes, this.taskId, [...this.taskPath])
  }

  *names(): Iterable<unknown> {
    yield* configNames(this.config)
    yield this.taskId
    yield* this.taskPath
    for (const [channel] of this.writes) yield channel
  }

  async send(inner: AnySaver): Promise<void> {
    await inner.putWrites(this.config, this.writes, this.taskId, ...this.taskPath)
  }
}

export function mapCheckpoint(checkpoint: Checkpoint, visit: Visit): Checkpoint {
  const values = mapFields(checkpoint.channel_values, visit)
  let mapped = values === checkpoint.channel_values ? checkpoint : { ...checkpoint, channel_values: values }
  for (const key of Object.keys(checkpoint)) {
    if (STRUCTURAL_FIELDS.has(key)) continue
    const field = (checkpoint as unknown as Record<string, unknown>)[key]
    const next = visit(field, CHECKPOINT)
    if (next !== field) mapped = { ...mapped, [key]: next }
  }
  return mapped
}

/** Copy on write over an object whose keys are channels. */
export function mapFields<T extends object>(fields: T, visit: Visit): T {
  let mapped: T | undefined
  for (const [key, value] of Object.entries(fields ?? {})) {
    const next = visit(value, key)
    if (next === value) continue
    mapped ??= { ...fields }
    Object.defineProperty(mapped, key, { value: next, enumerable: true, writable: true, configurable: true })
  }
  return mapped ?? fields
}

/** Copy on write over an array; positions never change. */
export function mapItems<T>(items: T[], visit: (item: T) => T): T[] {
  let mapped: T[] | undefined
  for (const [i, item] of items.entries()) {
    const next = visit(item)
    if (next === item) continue
    mapped ??= [...items]
    mapped[i] = next
  }
  return mapped ?? items
}

/** Parts of a run's config that a saver could persist. */
const CONFIG_PARTS = ['configurable', 'metadata', 'context'] as const

/**
 * A config whose data may be persisted. Left alone are ids (they are keys in the store, and checked as names) and live
 * objects such as clients; LangGraph's own live objects (`__pregel_scratchpad` holds state) are left out.
 */
function mapConfig(config: RunnableConfig, visit: Visit): RunnableConfig {
  const persisted = withoutRunState(config)
  const parts = persisted as Record<string, unknown>
  const data = Object.fromEntries(CONFIG_PARTS.map((part) => [part, dataOf(parts[part])]))
  const visited = { ...data, tags: config.tags ?? [] }
  const next = visit(visited, CONFIG) as Record<string, unknown>
  if (next === visited) return persisted
  const mapped = { ...parts }
  for (const part of CONFIG_PARTS) {
    if (parts[part] !== undefined) mapped[part] = { ...(parts[part] as object), ...(next[part] as object) }
  }
  return (config.tags === undefined ? mapped : { ...mapped, tags: next.tags }) as RunnableConfig
}

function ownedConfig(config: RunnableConfig): RunnableConfig {
  return config.configurable === undefined ? { ...config } : { ...config, configurable: { ...config.configurable } }
}

function withoutRunState(config: RunnableConfig): RunnableConfig {
  const entries = Object.entries(config.configurable ?? {})
  const kept = entries.filter(
    ([key, value]) => !(key.startsWith('__') && (typeof value === 'object' || typeof value === 'function')),
  )
  return kept.length === entries.length ? config : { ...config, configurable: Object.fromEntries(kept) }
}

function dataOf(fields: unknown): Record<string, unknown> {
  if (typeof fields !== 'object' || fields === null) return {}
  const entries = Object.entries(fields)
  return Object.fromEntries(entries.filter(([key, value]) => !KEPT_ENTRY.test(key) && isData(value)))
}

const KEPT_ENTRY = /^(?:__|thread_(?:id|ts)$|checkpoint_(?:id|ns|map)$|run_id$)/
const MAX_DATA_DEPTH = 32

/** Primitives, dates, and plain objects and arrays of data all the way down. */
function isData(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  if (value instanceof Date) return true
  if (depth >= MAX_DATA_DEPTH) return false
  if (Array.isArray(value)) return value.every((item) => isData(item, depth + 1))
  return isPlainObject(value) && !hasAccessor(value) && Object.values(value).every((item) => isData(item, depth + 1))
}

/** A saver may answer with the config that it was given: the caller gets its own values back, not claim URLs. */
function giveBack(stored: RunnableConfig, sent: RunnableConfig, given: RunnableConfig): RunnableConfig {
  if (sent === given || stored === undefined) return stored
  let back = stored
  for (const part of ['configurable', 'metadata'] as const) {
    const [storedPart, sentPart, givenPart] = [stored[part], sent[part], given[part]]
    if (storedPart === undefined || sentPart === undefined || givenPart === undefined) continue
    const own = Object.keys(storedPart).filter((key) => key in givenPart && storedPart[key] === sentPart[key])
    if (own.length > 0)
      back = { ...back, [part]: { ...storedPart, ...Object.fromEntries(own.map((key) => [key, givenPart[key]])) } }
  }
  return back
}

function* configNames({ configurable }: RunnableConfig): Iterable<unknown> {
  yield configurable?.thread_id
  yield configurable?.checkpoint_ns
  yield configurable?.checkpoint_id
}
