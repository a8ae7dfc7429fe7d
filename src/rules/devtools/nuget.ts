import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const nuget = defineRules(
  { provider: 'NuGet', link: 'https://learn.microsoft.com/nuget/nuget-org/scoped-api-keys' },
  [
    {
      id: 'nuget-api-key',
      title: 'NuGet.org API key',
      definition: { anchors: ['oy2'], pattern: 'oy2[a-z0-9]{43}' },
      validate: hasDigit,
      examples: ['oy2{{lower36:43}}'],
      nonExamples: ['oy2{{lower36:12}}'],
    },
  ],
)
