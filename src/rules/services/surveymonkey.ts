import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const surveymonkey = defineRules(
  { provider: 'SurveyMonkey', link: 'https://api.surveymonkey.com/v3/docs#authentication' },
  [
    {
      id: 'surveymonkey-access-token',
      title: 'SurveyMonkey access token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9._-]{80,160}(?<!\\.)' },
      context: credentialOf(['surveymonkey']),
      validate: isScattered,
      examples: ['{{base64url:96}}'],
      nonExamples: ['{{hex:60}}'],
    },
  ],
)
