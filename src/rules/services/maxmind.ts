import { defineRules } from '../define.js'

export const maxmind = defineRules({ provider: 'MaxMind', link: 'https://dev.maxmind.com/license-key/' }, [
  {
    id: 'maxmind-license-key',
    title: 'MaxMind license key',
    definition: { anchors: ['_mmk'], pattern: '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', before: 36 },
    examples: ['{{base62:6}}_{{base62:29}}_mmk'],
    nonExamples: ['{{base62:6}}_mmk'],
  },
])
