import { defineRules } from '../define.js'

export const axiom = defineRules({ provider: 'Axiom', link: 'https://axiom.co/docs/reference/tokens' }, [
  {
    id: 'axiom-token',
    title: 'Axiom API token or personal token',
    definition: {
      anchors: ['xaat-', 'xapt-'],
      pattern: 'xa[ap]t-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    },
    examples: ['xaat-{{uuid}}', 'xapt-{{uuid}}'],
    nonExamples: ['xaat-{{hex:8}}'],
  },
])
