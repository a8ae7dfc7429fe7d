import { openredaction } from './openredaction.js'
import { ours } from './ours.js'
import type { Peer } from './peer.js'
import { secretScrubber } from './secret-scrubber.js'
import { secretlint } from './secretlint.js'

/** Ours first: the others are compared with it. */
export const PEERS: readonly Peer[] = [ours, secretlint, openredaction, secretScrubber]
