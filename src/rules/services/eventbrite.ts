import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const eventbrite = defineRules(
  { provider: 'Eventbrite', link: 'https://www.eventbrite.com/platform/docs/authentication' },
  [
    {
      id: 'eventbrite-token',
      title: 'Eventbrite private token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Z0-9]{20}' },
      context: credentialOf(['eventbrite']),
      validate: hasDigit,
      examples: ['{{upper36:20}}'],
      nonExamples: ['{{hex:20}}'],
    },
  ],
)
