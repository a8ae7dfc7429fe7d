import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import type { Peer } from './peer.js'

const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] }

// Its profiler keeps the marks of every call and searches all of them at each; over many calls that costs more than its rules.
Object.defineProperty(performance, 'mark', { value: () => undefined })

/** The preset it recommends, as its own command line runs it, without files. */
export const secretlint: Peer = {
  name: 'secretlint',
  share: 1,
  async scanText(text) {
    const { messages } = await lintSource({
      source: { filePath: '/state.json', content: text, contentType: 'text' },
      options: { config, noPhysicFilePath: true },
    })
    return messages.map(({ range: [start, end] }) => ({ start, end }))
  },
}
