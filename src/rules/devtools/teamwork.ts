import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const teamwork = defineRules(
  { provider: 'Teamwork', link: 'https://apidocs.teamwork.com/guides/teamwork/authentication' },
  [
    {
      id: 'teamwork-api-key',
      title: 'Teamwork API key',
      definition: { anchors: ['twp_'], pattern: 'twp_[A-Za-z0-9]{16,40}' },
      validate: hasDigit,
      examples: ['twp_{{base62:28}}'],
      nonExamples: ['twp_{{base62:4}}'],
    },
  ],
)
