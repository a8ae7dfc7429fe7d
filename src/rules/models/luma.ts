import { defineRules } from '../define.js'

export const luma = defineRules({ provider: 'Luma', link: 'https://docs.lumalabs.ai/docs/api' }, [
  {
    id: 'luma-api-key',
    title: 'Luma API key',
    confidence: 'medium',
    definition: {
      anchors: ['luma-'],
      pattern:
        'luma-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|luma-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    },
    examples: ['luma-{{uuid}}', 'luma-{{uuid}}-{{uuid}}'],
    nonExamples: ['luma-photon-flash-1'],
  },
])
