import { defineRules } from '../define.js'

export const helicone = defineRules(
  { provider: 'Helicone', link: 'https://docs.helicone.ai/helicone-headers/helicone-auth' },
  [
    {
      id: 'helicone-api-key',
      title: 'Helicone API key',
      definition: {
        anchors: ['sk-helicone-'],
        pattern: 'sk-helicone-(?:eu-|cp-)?[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}',
      },
      examples: [
        'sk-helicone-{{lower36:7}}-{{lower36:7}}-{{lower36:7}}-{{lower36:7}}',
        'sk-helicone-eu-{{lower36:7}}-{{lower36:7}}-{{lower36:7}}-{{lower36:7}}',
      ],
      nonExamples: ['sk-helicone-proxy'],
    },
  ],
)
