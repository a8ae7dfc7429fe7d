import { defineRules } from '../define.js'

export const make = defineRules({ provider: 'Make', link: 'https://www.make.com/en/help/tools/webhooks' }, [
  {
    id: 'make-webhook-url',
    title: 'Make webhook URL',
    definition: {
      anchors: ['https://hook.'],
      pattern: 'https://hook\\.(?:[a-z]{2}\\d\\.make\\.(?:com|celonis\\.com)|integromat\\.com)/[a-z0-9]{32}',
      leftBoundary: 'none',
    },
    examples: ['https://hook.eu1.make.com/{{lower36:32}}', 'https://hook.integromat.com/{{lower36:32}}'],
    nonExamples: ['https://hook.eu1.make.com/'],
  },
])
