import type { BaseCache, BaseCheckpointSaver, BaseStore } from '@langchain/langgraph-checkpoint'
import type { CanaryKind } from './canary.js'
import type { Area } from './stored-bytes.js'

export const DURABILITIES = ['sync', 'async', 'exit'] as const
export type Durability = (typeof DURABILITIES)[number]

/** What a path is given. */
export interface LeakRun {
  readonly checkpointer: BaseCheckpointSaver
  /** There for the paths that need it, such as `keptPaths`. */
  readonly store?: BaseStore
  readonly cache?: BaseCache
  readonly canary: string
  readonly durability: Durability
  readonly config: { readonly configurable: { readonly thread_id: string }; readonly durability: Durability }
  /** What an application does to mark a value as secret; leaves it as it is over a bare saver. */
  mark(value: unknown): unknown
}

/**
 * One way by which a secret reaches a checkpoint store, or a graph's store or cache: a real graph that plants one canary.
 * `run` returns what the graph's user sees, so that a wrapped run can be compared with a bare one.
 */
export interface LeakPath {
  readonly name: string
  readonly canary: CanaryKind
  /** Where a bare saver stores the canary when each superstep is stored (durability `sync` and `async`). */
  readonly lands: readonly Area[]
  /** Where it is stored under durability `exit`, if elsewhere. */
  readonly landsOnExit: readonly Area[]
  /** Where some savers store it and others do not. */
  readonly mayLand: readonly Area[]
  /**
   * What finds this secret beyond a pattern: a mark on the value (`secret`), a field path given to the saver (`fields`),
   * a telling field name (`name`), or an earlier sighting in the thread (`known`).
   */
  readonly needs: 'pattern' | 'mark' | 'field' | 'name' | 'known'
  /** The secret stands in a name, which is stored as it is: the call has to be refused. */
  readonly refused: boolean
  /** The bare savers cannot read this back, or not all alike: what the user sees is not compared. */
  readonly unreadable: boolean
  readonly run: (run: LeakRun) => Promise<unknown>
}

type Defaults = 'canary' | 'landsOnExit' | 'mayLand' | 'needs' | 'refused' | 'unreadable'
export type LeakPathInit = Omit<LeakPath, Defaults> & Partial<Pick<LeakPath, Defaults>>

export function leakPath(init: LeakPathInit): LeakPath {
  return {
    canary: 'token',
    landsOnExit: init.lands.filter((area) => area !== 'write'),
    mayLand: [],
    needs: 'pattern',
    refused: false,
    unreadable: false,
    ...init,
  }
}
