import { type Check, ok } from '../check.js'

/** Nothing in a store tells how its graphs run; this is what whoever reads the report should know. */
export const durability: Check = {
  id: 'durability',
  async run() {
    return [
      ok(
        "A vault that is down stops a graph with durability 'sync' at once, with 'async' at its end, with 'exit' at its only put.",
      ),
    ]
  },
}
