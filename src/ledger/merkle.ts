import { createHash } from 'node:crypto'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

const sha256 = (...chunks: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest()
}

/** RFC 6962 §2.1: leaves and nodes are hashed apart, so that no node passes for a leaf. */
export const leafHash = (bytes: Uint8Array): Uint8Array => sha256(LEAF, bytes)
const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(NODE, left, right)

/** The Merkle tree of RFC 6962 §2.1, leaf by leaf, in memory of the tree's height. */
export class MerkleTree {
  /** Roots of complete subtrees, largest first. */
  readonly #subtrees: Uint8Array[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  append(leaf: Uint8Array): void {
    let hash = leaf
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2) hash = nodeHash(this.#subtrees.pop()!, hash)
    this.#subtrees.push(hash)
    this.#size += 1
  }

  /** Of an empty tree: the hash of nothing. */
  root(): Uint8Array {
    if (this.#size === 0) return sha256()
    return this.#subtrees.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** RFC 6962 §2.1.1: what proves that the leaf at `index` is in the tree, from the leaf upwards. */
export function inclusionPath(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  const [own, other, at] =
    index < split
      ? [leaves.slice(0, split), leaves.slice(split), index]
      : [leaves.slice(split), leaves.slice(0, split), index - split]
  return [...inclusionPath(own, at), rootOf(other)]
}

/** The root that a path leads to. @throws RangeError for a path of another length than the tree's. */
export function rootOfPath(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Uint8Array {
  if (size <= 1) {
    if (path.length > 0) throw new RangeError('The path is longer than the tree is high.')
    return leaf
  }
  const other = path.at(-1)
  if (other === undefined) throw new RangeError('The path is shorter than the tree is high.')
  const split = splitOf(size)
  const rest = path.slice(0, -1)
  return index < split
    ? nodeHash(rootOfPath(leaf, index, split, rest), other)
    : nodeHash(other, rootOfPath(leaf, index - split, size - split, rest))
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.append(leaf)
  return tree.root()
}
