import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const octopusDeploy = defineRules(
  { provider: 'Octopus Deploy', link: 'https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key' },
  [
    {
      id: 'octopus-deploy-api-key',
      title: 'Octopus Deploy API key',
      definition: { anchors: ['API-'], pattern: 'API-[A-Z0-9]{25,32}' },
      validate: hasDigit,
      examples: ['API-{{upper36:26}}'],
      nonExamples: ['API-{{upper36:8}}'],
    },
  ],
)
