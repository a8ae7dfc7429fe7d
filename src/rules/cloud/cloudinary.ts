import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const cloudinary = defineRules(
  { provider: 'Cloudinary', link: 'https://cloudinary.com/documentation/solution_overview' },
  [
    {
      id: 'cloudinary-url-secret',
      title: 'API secret in a Cloudinary URL',
      definition: {
        anchors: ['cloudinary://'],
        pattern: 'cloudinary:\\/\\/\\d{10,20}:(?<secret>[A-Za-z0-9_-]{20,40})@',
        rightBoundary: 'none',
      },
      examples: ['cloudinary://{{digits:15}}:<<{{base62:27}}>>@demo'],
      nonExamples: ['cloudinary://API_KEY:API_SECRET@demo'],
    },
    {
      id: 'cloudinary-api-secret',
      title: 'Cloudinary API secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{27}' },
      context: {
        keys: ['cloudinaryapisecret', 'cloudinarysecret'],
        near: [
          'cloudinary api secret',
          'cloudinary_api_secret',
          'cloudinary secret',
          'cloudinaryapisecret',
          'cloudinarysecret',
        ],
      },
      validate: isDrawn,
      examples: ['{{base64url:27}}'],
      nonExamples: ['{{hex:27}}'],
    },
  ],
)
