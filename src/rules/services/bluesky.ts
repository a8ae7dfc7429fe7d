import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const bluesky = defineRules({ provider: 'Bluesky', link: 'https://docs.bsky.app/docs/get-started' }, [
  {
    id: 'bluesky-app-password',
    title: 'Bluesky app password',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}' },
    context: credentialOf(['bluesky', 'bsky', 'atproto']),
    validate: hasDigit,
    examples: ['{{lower32:4}}-{{lower32:4}}-{{lower32:4}}-{{lower32:4}}'],
    nonExamples: ['{{lower32:4}}-{{lower32:4}}'],
  },
])
