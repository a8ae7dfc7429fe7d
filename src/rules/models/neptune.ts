import { defineRules } from '../define.js'

export const neptune = defineRules({ provider: 'neptune.ai', link: 'https://docs.neptune.ai/' }, [
  {
    // Base64 of an object that begins with `api_address`.
    id: 'neptune-api-token',
    title: 'Neptune API token',
    definition: { anchors: ['eyJhcGlfYWRkcmVzcyI6'], pattern: 'eyJhcGlfYWRkcmVzcyI6[A-Za-z0-9+/]{60,300}={0,2}' },
    examples: ['eyJhcGlfYWRkcmVzcyI6{{base62:120}}'],
    nonExamples: ['eyJhcGlfYWRkcmVzcyI6'],
  },
])
