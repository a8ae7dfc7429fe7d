import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const blockfrost = defineRules({ provider: 'Blockfrost', link: 'https://docs.blockfrost.io/' }, [
  {
    id: 'blockfrost-project-id',
    title: 'Blockfrost project token',
    definition: { anchors: ['mainnet', 'preprod', 'preview'], pattern: '(?:mainnet|preprod|preview)[A-Za-z0-9]{32}' },
    validate: isScattered,
    examples: ['mainnet{{base62:32}}', 'preprod{{base62:32}}'],
    nonExamples: ['mainnet{{base62:12}}'],
  },
])
