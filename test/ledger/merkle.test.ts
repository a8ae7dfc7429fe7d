import { describe, expect, it } from 'vitest'
import { inclusionPath, leafHash, MerkleTree, rootOfPath } from '../../src/ledger/merkle.js'

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex')
const treeOf = (leaves: readonly Uint8Array[]): MerkleTree => {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.append(leaf)
  return tree
}

/** The inputs and roots of the reference tree of Certificate Transparency, for 1 to 8 leaves. */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('the Merkle tree', () => {
  it('has the roots of RFC 6962, so that any other implementation checks a proof', () => {
    const leaves = INPUTS.map((input) => leafHash(hex(input)))
    expect(INPUTS.map((_, i) => Buffer.from(treeOf(leaves.slice(0, i + 1)).root()).toString('hex'))).toEqual(ROOTS)
  })

  it('proves each leaf of a tree of any size, and no other leaf or position', () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i)))
      const root = treeOf(leaves).root()
      for (let index = 0; index < size; index++) {
        const path = inclusionPath(leaves, index)
        expect(rootOfPath(leaves[index]!, index, size, path)).toEqual(root)
        if (size === 1) continue
        expect(rootOfPath(leaves[(index + 1) % size]!, index, size, path)).not.toEqual(root)
        expect(() => rootOfPath(leaves[index]!, index, size, path.slice(1))).toThrow(RangeError)
      }
    }
  })
})
