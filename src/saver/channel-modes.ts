import { ConfigError } from '../errors.js'

/** `values`: claims are restored when state is loaded. `handles`: their URLs are left, for `useSecret`. */
export type ChannelMode = 'values' | 'handles'

/** For channels that are not named. */
const OTHERS = '*'
/** LangGraph's own channels, and ours, hold fields of several channels: input, Send arguments, updates, interrupts, metadata. */
const COMPOSITE = /^(?:__|@)/

/** What is done with the claims of each channel, also where its field stands inside another one. */
export class ChannelModes {
  readonly #modes: ReadonlyMap<string, ChannelMode>
  readonly #others: ChannelMode
  readonly #leavesAny: boolean

  /** @throws ConfigError */
  constructor(modes: Readonly<Record<string, ChannelMode>> = {}) {
    const isValid = typeof modes === 'object' && modes !== null && Object.values(modes).every(isMode)
    if (!isValid)
      throw new ConfigError("channels maps names of channels (`*` for all others) to 'values' or 'handles'.")
    this.#modes = new Map(Object.entries(modes).filter(([name]) => name !== OTHERS))
    this.#others = Object.hasOwn(modes, OTHERS) ? modes[OTHERS]! : 'values'
    this.#leavesAny = Object.values(modes).includes('handles')
  }

  /** @param path from the channel to the text, the channel first. */
  leavesHandle(path: readonly (string | number)[]): boolean {
    if (!this.#leavesAny) return false
    const channel = String(path[0])
    const own = this.#modes.get(channel)
    if (own !== undefined) return own === 'handles'
    if (COMPOSITE.test(channel)) {
      for (let i = 1; i < path.length; i++) {
        const name = path[i]
        const mode = typeof name === 'string' ? this.#modes.get(name) : undefined
        if (mode !== undefined) return mode === 'handles'
      }
    }
    return this.#others === 'handles'
  }
}

const isMode = (mode: unknown): mode is ChannelMode => mode === 'values' || mode === 'handles'
