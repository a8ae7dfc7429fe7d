import { defineRules } from '../define.js'

export const flyio = defineRules({ provider: 'Fly.io', link: 'https://fly.io/docs/security/tokens/' }, [
  {
    id: 'flyio-token',
    title: 'Fly.io token',
    definition: {
      anchors: ['fm2_'],
      pattern: 'fm2_[A-Za-z0-9+/]{100,1500}={0,2}',
      maxLength: 1600,
    },
    examples: ['fm2_lJPE{{base62:300}}'],
    nonExamples: [],
  },
])
