import type { Backend, BackendName } from './backends.js'
import { chatJob, FULL_CHAT } from './chat.js'
import { type Comparison, compare } from './measure.js'
import { compareOperations } from './operations.js'

/** What a wrapped saver costs, on each backend. */
const SAVER_SECTIONS = ['chat', 'operations', 'sizes'] as const
export type SaverSection = (typeof SAVER_SECTIONS)[number]
/** Growth and audit take minutes and gigabytes, so they run only when they are named. */
export const SECTIONS = [...SAVER_SECTIONS, 'store', 'vault', 'access', 'agent', 'detect', 'growth', 'audit'] as const
export type SectionName = (typeof SECTIONS)[number]

export const DEFAULT_SECTIONS = SECTIONS.filter((name) => name !== 'growth' && name !== 'audit')

export const isSaverSection = (section: SectionName): section is SaverSection =>
  (SAVER_SECTIONS as readonly string[]).includes(section)

export interface PlanOptions {
  readonly quick: boolean
  readonly rounds: number
}

/** The chat's aims: the whole of a wrapped chat against the bare one. */
export const CHAT_AIMS: Readonly<Record<BackendName, number>> = { memory: 1.1, sqlite: 1.1, postgres: 1.03 }

const MESSAGE_LENGTH = FULL_CHAT.messageLength
const VARIANTS = [
  { secrets: false, label: 'no secrets' },
  { secrets: true, label: 'three secrets' },
] as const
const SIZES = [
  { label: '10 KB', turns: 4, rounds: 15, repeat: 20 },
  { label: '100 KB', turns: 42, rounds: 15, repeat: 5 },
  { label: '1 MB', turns: 420, rounds: 9, repeat: 1 },
  { label: '10 MB', turns: 4200, rounds: 3, repeat: 1 },
] as const

export type Section = (backend: Backend, options: PlanOptions) => Promise<Comparison[]>

export const PLAN: Readonly<Record<SaverSection, Section>> = {
  async chat(backend, { quick, rounds }) {
    const results: Comparison[] = []
    for (const { secrets, label } of VARIANTS) {
      const chat = { ...FULL_CHAT, ...(quick ? { turns: 2 } : {}), secrets }
      results.push(await compare(`${backend.name}, ${label}`, rounds, (side) => chatJob(backend, side, chat)))
    }
    return results
  },

  async operations(backend, { quick, rounds }) {
    const results: Comparison[] = []
    for (const { secrets, label } of VARIANTS) {
      const turns = quick ? 2 : FULL_CHAT.turns
      const repeat = quick ? 1 : 10
      const operations = ['put', 'putWrites', 'getTuple'] as const
      const options = { turns, messageLength: MESSAGE_LENGTH, secrets, operations, rounds, repeat }
      results.push(...(await compareOperations(backend, `${backend.name}, ${label}`, options)))
    }
    return results
  },

  async sizes(backend, { quick, rounds: most }) {
    const results: Comparison[] = []
    for (const { label, turns, rounds, repeat } of quick ? SIZES.slice(0, 1) : SIZES) {
      const operations = ['step', 'first put'] as const
      const measured = { rounds: Math.min(rounds, most), repeat: quick ? 1 : repeat }
      const options = { turns, messageLength: MESSAGE_LENGTH, secrets: false, operations, ...measured }
      results.push(...(await compareOperations(backend, `${backend.name}, ${label}`, options)))
    }
    return results
  },
}
