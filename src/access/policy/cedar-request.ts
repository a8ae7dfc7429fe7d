import type { AccessRequest } from '../authorizer.js'
import { WEEKDAYS } from './definition.js'
import { type SecretClasses, severityRank } from './secret-class.js'
import type { WallClock } from './time-window.js'

export interface CedarUid {
  readonly type: string
  readonly id: string
}

/** As Cedar takes entities in JSON: a group, or which groups a principal is in. */
export interface CedarEntity {
  readonly uid: CedarUid
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly parents?: readonly CedarUid[]
}

export interface CedarContext {
  readonly environment: string | undefined
  readonly classes: SecretClasses
  readonly clock: WallClock
  readonly directory: Directory
}

const uid = (type: string, id: string): CedarUid => ({ type: `SecretSafe::${type}`, id })
const keyOf = ({ type, id }: CedarUid): string => `${type}\0${id}`

/** Who is in which groups, as the application says. */
export class Directory {
  readonly #byUid: ReadonlyMap<string, CedarEntity>

  constructor(entities: readonly CedarEntity[]) {
    this.#byUid = new Map(entities.map((entity) => [keyOf(entity.uid), entity]))
  }

  /** An entity, and what is above it. */
  withGroups(of: CedarUid): { readonly own: CedarEntity | undefined; readonly groups: readonly CedarEntity[] } {
    const own = this.#byUid.get(keyOf(of))
    const groups = new Map<string, CedarEntity>()
    const pending = [...(own?.parents ?? [])]
    for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
      const group = this.#byUid.get(keyOf(parent))
      if (group === undefined || groups.has(keyOf(parent))) continue
      groups.set(keyOf(parent), group)
      pending.push(...(group.parents ?? []))
    }
    return { own, groups: [...groups.values()] }
  }
}

/**
 * A request in the words of the schema.
 * @throws RangeError for a name that is no text: as UTF-8 two such names could become one.
 */
export function toCedar(request: AccessRequest, context: CedarContext) {
  const { principal, claim, verb, at } = request
  for (const name of [principal.sub, principal.act, claim.threadId, claim.ruleId, at.channel, at.node, at.runId]) {
    if (name !== undefined && !isWellFormed(name)) throw new RangeError('a name that is no text')
  }
  const who = uid('Principal', principal.sub)
  const { own, groups } = context.directory.withGroups(who)
  const resource = resourceOf(claim, context.classes)
  const { act, tenant, via = 'code' } = principal
  return {
    principal: who,
    action: uid('Action', verb),
    resource: resource.uid,
    context: placeOf(at, context),
    entities: [
      {
        uid: who,
        attrs: {
          ...own?.attrs,
          via,
          ...(act === undefined ? {} : { act }),
          ...(tenant === undefined ? {} : { tenant }),
        },
        parents: own?.parents ?? [],
        ...(principal.claims === undefined ? {} : { tags: tagsOf(principal.claims) }),
      },
      ...groups.map(({ uid: group, attrs = {}, parents = [] }) => ({ uid: group, attrs, parents })),
      resource,
    ],
  }
}

/** Parents are told in full, so that only the resource itself has to be sent. */
function resourceOf(
  { id, tenant, threadId, mode, ruleId }: AccessRequest['claim'],
  classes: SecretClasses,
): CedarEntity {
  const owner = uid('Tenant', tenant)
  if (id === '*' && threadId === '') return { uid: owner, attrs: {}, parents: [] }
  const thread = uid('Thread', threadId)
  if (id === '*') return { uid: thread, attrs: {}, parents: [owner] }
  const { provider, kind, severity, orMore } = classes.of(ruleId)
  const attrs = {
    mode,
    rule: ruleId,
    ...(provider === undefined ? {} : { provider }),
    ...(kind === undefined ? {} : { kind }),
    ...(severity === undefined || orMore ? {} : { severity: severityRank(severity) + 1 }),
  }
  return { uid: uid('Claim', id), attrs, parents: [thread, owner] }
}

function placeOf({ now, channel, node, runId }: AccessRequest['at'], { clock, environment }: CedarContext) {
  const { weekday, minuteOfDay } = clock.at(now)
  return {
    now: Math.floor(now),
    hour: Math.floor(minuteOfDay / 60),
    weekday: WEEKDAYS[weekday]!,
    ...(environment === undefined ? {} : { environment }),
    ...(channel === undefined ? {} : { channel }),
    ...(node === undefined ? {} : { node }),
    ...(runId === undefined ? {} : { run: runId }),
  }
}

/** Strings, numbers and booleans, alone or in a list; what is nested, the schema has no place for. */
function tagsOf(claims: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> {
  const tags = Object.entries(claims).flatMap(([name, value]) => {
    const values = valuesOf(name, value).filter(isPlain)
    return values.length === 0 ? [] : [[name, values.map(String)] as const]
  })
  return Object.fromEntries(tags)
}

/** RFC 8693 §4.2: a scope is a list, separated by blanks. */
function valuesOf(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return name === 'scope' && typeof value === 'string' ? value.split(' ') : [value]
}

const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' ? isWellFormed(value) : typeof value === 'number' || typeof value === 'boolean'

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)
