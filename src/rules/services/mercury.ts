import { defineRules } from '../define.js'

export const mercury = defineRules(
  { provider: 'Mercury', link: 'https://docs.mercury.com/reference/getting-started-with-your-api' },
  [
    {
      id: 'mercury-api-token',
      title: 'Mercury API token',
      definition: {
        anchors: ['secret-token:mercury_'],
        pattern: 'secret-token:mercury_(?:production|sandbox)_[a-z]{2,6}_[A-Za-z0-9]{24,80}_yrucrem',
      },
      examples: ['secret-token:mercury_production_wma_{{base62:44}}_yrucrem'],
      nonExamples: ['secret-token:mercury_production'],
    },
  ],
)
