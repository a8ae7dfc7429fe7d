import { createDetector } from '../../../../src/detect-entry.js'
import type { Peer } from './peer.js'

const detector = createDetector()

export const ours: Peer = {
  name: 'secret-safe',
  share: 1,
  scanText: (text) => detector.scanText(text),
  scanLeaf: ({ text, key, parent }) => detector.scanText(text, { key, parent }),
}
