/** Aho-Corasick over literals as one flat table, so that a step is two array reads (see docs/architecture.md). */
export class Automaton {
  /** Transition table: `next[(state << shift) | classOf[unit]]`. */
  readonly next: Uint16Array
  /** Character class of each UTF-16 code unit; class 0 is "in no literal". */
  readonly classOf: Uint8Array
  readonly shift: number
  /** States from here on end at least one literal. */
  readonly firstOutput: number
  /** Indices of the literals that end in state `firstOutput + i`. */
  readonly outputs: readonly (readonly number[])[]

  /** @param fold match in any ASCII case; the caller verifies the exact case where it matters. */
  constructor(literals: readonly string[], fold: boolean) {
    const { classOf, classes } = classify(literals, fold)
    this.classOf = classOf
    this.shift = Math.ceil(Math.log2(classes + 1))
    const { children, ends } = buildTrie(literals, this.classOf)
    const { order, fail } = breadthFirst(children)
    for (const state of order) {
      const inherited = ends[fail[state]!]!
      if (inherited.length > 0) ends[state] = [...ends[state]!, ...inherited]
    }
    if (children.length > 65_535) throw new RangeError(`Too many anchors: ${children.length} states, at most 65535.`)

    const silent = order.filter((state) => ends[state]!.length === 0)
    const speaking = order.filter((state) => ends[state]!.length > 0)
    const number = new Uint16Array(children.length)
    for (const [index, state] of [0, ...silent, ...speaking].entries()) number[state] = index
    this.firstOutput = 1 + silent.length
    this.outputs = speaking.map((state) => ends[state]!)
    this.next = new Uint16Array(children.length << this.shift)
    for (const state of [0, ...order]) {
      const row = number[state]! << this.shift
      const fallback = number[fail[state]!]! << this.shift
      if (state !== 0) this.next.copyWithin(row, fallback, fallback + (1 << this.shift))
      for (const [unitClass, child] of children[state]!) this.next[row | unitClass] = number[child]!
    }
  }
}

/** More than 255 distinct characters share the last class: hits are verified anyway, so a collision costs time only. */
function classify(literals: readonly string[], fold: boolean) {
  const classOf = new Uint8Array(65_536)
  let classes = 0
  for (const literal of literals) {
    for (let i = 0; i < literal.length; i++) {
      const unit = literal.charCodeAt(i)
      if (classOf[unit] !== 0) continue
      if (classes < 255) classes++
      classOf[unit] = classes
      if (fold) classOf[otherCase(unit)] = classes
    }
  }
  return { classOf, classes }
}

function otherCase(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 32
  return unit >= 65 && unit <= 90 ? unit + 32 : unit
}

function buildTrie(literals: readonly string[], classOf: Uint8Array) {
  const children: Map<number, number>[] = [new Map()]
  const ends: number[][] = [[]]
  for (const [index, literal] of literals.entries()) {
    let state = 0
    for (let i = 0; i < literal.length; i++) {
      const unitClass = classOf[literal.charCodeAt(i)]!
      let child = children[state]!.get(unitClass)
      if (child === undefined) {
        child = children.length
        children.push(new Map())
        ends.push([])
        children[state]!.set(unitClass, child)
      }
      state = child
    }
    ends[state]!.push(index)
  }
  return { children, ends }
}

function breadthFirst(children: readonly ReadonlyMap<number, number>[]) {
  const fail = new Uint32Array(children.length)
  const order: number[] = [...children[0]!.values()]
  for (let at = 0; at < order.length; at++) {
    const state = order[at]!
    for (const [unitClass, child] of children[state]!) {
      let back = fail[state]!
      while (back !== 0 && !children[back]!.has(unitClass)) back = fail[back]!
      fail[child] = children[back]!.get(unitClass) ?? 0
      order.push(child)
    }
  }
  return { order, fail }
}
