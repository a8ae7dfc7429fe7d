import { fillTemplate, type Random, seededRandom } from '../../../src/testing/templates.js'

/** Choices that a seed repeats. */
export class Dice {
  readonly random: Random

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.random() < probability
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)]!
  }

  times<Item>(least: number, most: number, make: (index: number) => Item): Item[] {
    return Array.from({ length: this.whole(least, most) }, (_, index) => make(index))
  }

  fill(template: string): string {
    return fillTemplate(template, this.random)
  }

  bytes(count: number): Buffer {
    const bytes = Buffer.allocUnsafe(count)
    for (let i = 0; i < count; i++) bytes[i] = this.random() * 256
    return bytes
  }

  hex(length: number): string {
    return this.bytes((length + 1) >> 1)
      .toString('hex')
      .slice(0, length)
  }
}

export type Make = (dice: Dice) => string
