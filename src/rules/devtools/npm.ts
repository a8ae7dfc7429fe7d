import { hasCrc32 } from '../checks.js'
import { defineRules } from '../define.js'

export const npm = defineRules({ provider: 'npm', link: 'https://docs.npmjs.com/about-access-tokens' }, [
  {
    id: 'npm-access-token',
    title: 'npm access token',
    definition: { anchors: ['npm_'], pattern: 'npm_[A-Za-z0-9]{36}' },
    validate: (secret) => hasCrc32(secret, 4),
    examples: ['{{token:npm}}'],
    nonExamples: ['npm_config_registry'],
  },
])
