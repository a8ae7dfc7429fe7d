import type { Module } from 'graphene-pk11'
import { missingPeer } from '../../load-optional.js'

export type { Key, Session } from 'graphene-pk11'
export type Graphene = typeof import('graphene-pk11')

/**
 * A PKCS#11 library, once for this process and path. Everything that is done with it is done one after the other:
 * starting it anew while a call runs in it would crash the process.
 */
export class Pkcs11Library {
  static readonly #libraries = new Map<string, Pkcs11Library>()
  readonly #path: string
  #module: Module | undefined
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(path: string) {
    this.#path = path
  }

  static at(path: string): Pkcs11Library {
    const library = Pkcs11Library.#libraries.get(path) ?? new Pkcs11Library(path)
    Pkcs11Library.#libraries.set(path, library)
    return library
  }

  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(work)
    this.#queue = result.catch(() => undefined)
    return result
  }

  /** @throws DependencyError; what the library throws, when it cannot be loaded. */
  async start(): Promise<{ readonly graphene: Graphene; readonly module: Module }> {
    const loaded = await import('graphene-pk11').catch(
      missingPeer('Keys in a PKCS#11 token need the package graphene-pk11', 'npm install graphene-pk11'),
    )
    // CommonJS whose names Node does not see from outside.
    const graphene = 'Module' in loaded ? loaded : (loaded as { readonly default: Graphene }).default
    if (this.#module === undefined) {
      const module = graphene.Module.load(this.#path)
      module.initialize()
      this.#module = module
    }
    return { graphene, module: this.#module }
  }

  /** Ends every session of this process with the library; some see a token that was away only after this. */
  stop(): void {
    const module = this.#module
    this.#module = undefined
    try {
      module?.finalize()
    } catch {
      // Somebody else has stopped it already.
    }
  }
}
