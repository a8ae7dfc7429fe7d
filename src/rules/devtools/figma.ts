import { defineRules } from '../define.js'

export const figma = defineRules({ provider: 'Figma', link: 'https://www.figma.com/developers/api#access-tokens' }, [
  {
    id: 'figma-token',
    title: 'Figma personal access token',
    definition: { anchors: ['figd_'], pattern: 'figd_[A-Za-z0-9_-]{38,50}' },
    examples: ['figd_{{base64url:40}}'],
    nonExamples: [],
  },
])
