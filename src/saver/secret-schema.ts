import { createRequire } from 'node:module'
import type * as Zod from 'zod'
import { ConfigError } from '../errors.js'
import { missingPeer } from '../load-optional.js'
import { isSecret, type Secret, secret } from './secret.js'

/** The part of a zod 4 schema that is read here; zod itself is not needed for it. */
interface SchemaLike {
  readonly _zod: { readonly def: SchemaDef }
  meta?(): Record<string, unknown> | undefined
}

interface SchemaDef {
  readonly type: string
  readonly shape?: Readonly<Record<string, SchemaLike>>
  readonly element?: SchemaLike
  readonly valueType?: SchemaLike
  readonly innerType?: SchemaLike
  readonly in?: SchemaLike
  readonly out?: SchemaLike
  readonly left?: SchemaLike
  readonly right?: SchemaLike
  readonly options?: readonly SchemaLike[]
  readonly items?: readonly SchemaLike[]
  readonly getter?: () => SchemaLike
}

/** A zod 4 registry, or anything with its `has`. */
export interface SecretRegistry {
  has(schema: never): boolean
}

/**
 * The paths of a state schema's secret fields, for `SecretSafeSaver`'s `fields`: those whose schema is in `registry` or
 * has `.meta({ secret: true })`.
 * @param schema a zod 4 object.
 * @throws ConfigError if it is not a zod 4 schema.
 */
export function secretFields(schema: object, registry?: SecretRegistry): string[] {
  if (!isSchema(schema)) throw new ConfigError('secretFields expects a zod 4 schema, such as z.object({ … }).')
  const paths: string[] = []
  collect(schema, [], registry, new Set(), paths)
  return [...new Set(paths)]
}

function collect(
  schema: SchemaLike,
  path: readonly string[],
  registry: SecretRegistry | undefined,
  open: Set<SchemaLike>,
  paths: string[],
): void {
  if (open.has(schema)) return
  open.add(schema)
  if (path.length > 0 && isMarked(schema, registry)) paths.push(path.join('.'))
  else
    for (const [name, inner] of children(schema._zod.def))
      collect(inner, name === null ? path : [...path, name], registry, open, paths)
  open.delete(schema)
}

function isMarked(schema: SchemaLike, registry: SecretRegistry | undefined): boolean {
  return schema.meta?.()?.secret === true || registry?.has(schema as never) === true
}

/** Fields by name, `*` for the items of arrays and records, null for a wrapper around the same value. */
function* children(def: SchemaDef): Iterable<readonly [string | null, SchemaLike]> {
  yield* Object.entries(def.shape ?? {})
  if (def.element !== undefined) yield ['*', def.element]
  if (def.valueType !== undefined) yield ['*', def.valueType]
  for (const item of def.items ?? []) yield ['*', item]
  for (const inner of [def.innerType, def.in, def.out, def.left, def.right, ...(def.options ?? [])]) {
    if (inner !== undefined) yield [null, inner]
  }
  if (def.getter !== undefined) yield [null, def.getter()]
}

function isSchema(value: unknown): value is SchemaLike {
  const zod = (value as { _zod?: { def?: unknown } } | null)?._zod
  return typeof zod === 'object' && typeof zod.def === 'object'
}

/**
 * Types a state channel of `Secret` values: takes what `schema` takes, or a `Secret` of it, and gives a `Secret`.
 * @throws DependencyError when zod 4 is not installed.
 */
export function secretSchema<Schema extends Zod.ZodType>(
  schema: Schema,
): Zod.ZodType<Secret<Zod.output<Schema>>, Secret<Zod.input<Schema>> | Zod.input<Schema>> {
  const z = loadZod()
  const unwrapped = z.preprocess((value: unknown) => (isSecret(value) ? value.expose() : value), schema)
  return unwrapped.transform((value: unknown) => secret(value)) as never
}

/** `zod/v4` is the same API in zod 3.25 and in zod 4. */
function loadZod(): typeof Zod {
  try {
    return createRequire(import.meta.url)('zod/v4') as typeof Zod
  } catch (error) {
    return missingPeer('secretSchema needs the package zod, version 4', 'npm install zod')(error)
  }
}
