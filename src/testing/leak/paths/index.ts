import type { LeakPath } from '../path.js'
import { agentPaths } from './agents.js'
import { cachePaths } from './caches.js'
import { configPaths } from './configs.js'
import { controlPaths } from './control.js'
import { deltaPaths } from './delta.js'
import { encodedPaths } from './encoded.js'
import { failurePaths } from './failures.js'
import { functionalPaths } from './functional.js'
import { channelPaths, inputPaths } from './input.js'
import { knownPaths } from './known.js'
import { markedPaths } from './marked.js'
import { messagePaths } from './messages.js'
import { namePaths } from './names.js'
import { storedLayoutPaths } from './stored-layouts.js'
import { storePaths } from './stores.js'
import { subgraphPaths } from './subgraphs.js'
import { untrackedPaths } from './untracked.js'
import { valuePaths } from './values.js'

/** Every way that is known by which a secret reaches a checkpoint store. */
export const leakPaths: readonly LeakPath[] = [
  ...valuePaths,
  ...encodedPaths,
  ...messagePaths,
  ...inputPaths,
  ...channelPaths,
  ...controlPaths,
  ...failurePaths,
  ...agentPaths,
  ...subgraphPaths,
  ...functionalPaths,
  ...deltaPaths,
  ...untrackedPaths,
  ...storedLayoutPaths,
  ...configPaths,
  ...namePaths,
  ...markedPaths,
  ...knownPaths,
]

/** Every way that is known by which a secret reaches a graph's store or its cache; for a target that has both. */
export const keptPaths: readonly LeakPath[] = [...storePaths, ...cachePaths]
