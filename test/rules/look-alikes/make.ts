import { createHash } from 'node:crypto'
import { fillTemplate, type Random } from '../../../src/testing/templates.js'

/** Makes texts of one kind, by its name. */
export type LookAlikes = Readonly<Record<string, (random: Random) => string>>

export const template =
  (text: string) =>
  (random: Random): string =>
    fillTemplate(text, random)

/** Kinds that one template each describes. */
export const templates = (kinds: Readonly<Record<string, string>>): LookAlikes =>
  Object.fromEntries(Object.entries(kinds).map(([kind, text]) => [kind, template(text)]))

export const pick = <Item>(random: Random, items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!

export const digest = (algorithm: string, random: Random, encoding: 'hex' | 'base64' | 'base64url'): string =>
  createHash(algorithm).update(String(random())).digest(encoding)

export const uuid = (version: number | string, random: Random): string =>
  fillTemplate(`{{hex:8}}-{{hex:4}}-${version}{{hex:3}}-a{{hex:3}}-{{hex:12}}`, random)

export const bytes = (count: number, random: Random): Buffer =>
  Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)))
