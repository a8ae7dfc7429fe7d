import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const digitalocean = defineRules(
  { provider: 'DigitalOcean', link: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/' },
  [
    {
      id: 'digitalocean-token',
      title: 'DigitalOcean token',
      definition: { anchors: ['dop_v1_', 'doo_v1_', 'dor_v1_'], pattern: 'do[opr]_v1_[0-9a-f]{64}' },
      examples: ['dop_v1_{{hex:64}}', 'doo_v1_{{hex:64}}', 'dor_v1_{{hex:64}}'],
      nonExamples: ['dop_v1_{{hex:20}}'],
    },
    {
      id: 'digitalocean-model-access-key',
      title: 'DigitalOcean model access key (Gradient)',
      definition: { anchors: ['sk-do-'], pattern: 'sk-do-[A-Za-z0-9_-]{48,80}' },
      examples: ['sk-do-{{base64url:64}}'],
      nonExamples: ['sk-do-not-use-this-name'],
    },
    {
      id: 'digitalocean-spaces-secret',
      title: 'DigitalOcean Spaces secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{43}' },
      context: {
        keys: ['spacessecret', 'digitaloceanspacessecret'],
        near: ['spaces_secret', 'spaces secret', 'do_spaces_secret', 'spacessecret', 'digitaloceanspacessecret'],
      },
      validate: isDrawn,
      examples: ['{{base62:43}}'],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
