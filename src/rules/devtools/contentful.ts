import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const contentful = defineRules(
  { provider: 'Contentful', link: 'https://www.contentful.com/developers/docs/references/authentication/' },
  [
    {
      id: 'contentful-management-token',
      title: 'Contentful personal access token',
      definition: { anchors: ['CFPAT-'], pattern: 'CFPAT-[A-Za-z0-9_-]{43}' },
      examples: ['CFPAT-{{base64url:43}}'],
      nonExamples: ['CFPAT-{{base62:8}}'],
    },
    {
      id: 'contentful-delivery-token',
      title: 'Contentful delivery or preview token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{43}' },
      context: credentialOf(['contentful']),
      validate: isScattered,
      examples: ['{{base64url:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
