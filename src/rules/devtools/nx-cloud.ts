import { defineRules } from '../define.js'

export const nxCloud = defineRules({ provider: 'Nx Cloud', link: 'https://nx.dev/ci/recipes/security/access-tokens' }, [
  {
    id: 'nx-cloud-access-token',
    title: 'Nx Cloud access token: an id and its rights in base64',
    definition: {
      anchors: ['fHJlYWQtd3JpdGU', 'fHJlYWQtb25seQ', 'fHJlYWQ='],
      pattern: '[A-Za-z0-9+/]{48}(?:fHJlYWQtd3JpdGU=?|fHJlYWQtb25seQ(?:==)?|fHJlYWQ=)',
      before: 48,
    },
    examples: ['{{token:nx-cloud}}'],
    nonExamples: ['{{base62:12}}fHJlYWQtd3JpdGU='],
  },
])
