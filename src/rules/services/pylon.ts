import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const pylon = defineRules(
  { provider: 'Pylon', link: 'https://docs.usepylon.com/pylon-docs/developer/api/authentication' },
  [
    {
      id: 'pylon-api-token',
      title: 'Pylon API token',
      definition: { anchors: ['pylon_api_'], pattern: 'pylon_api_[A-Za-z0-9]{32,80}' },
      validate: hasDigit,
      examples: ['pylon_api_{{hex:64}}'],
      nonExamples: ['pylon_api_url'],
    },
  ],
)
