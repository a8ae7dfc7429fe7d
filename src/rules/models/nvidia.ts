import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const nvidia = defineRules(
  { provider: 'NVIDIA', link: 'https://docs.nvidia.com/ngc/latest/ngc-user-guide.html' },
  [
    {
      id: 'nvidia-api-key',
      title: 'NVIDIA API key',
      definition: { anchors: ['nvapi-'], pattern: 'nvapi-[A-Za-z0-9_-]{60,70}' },
      examples: ['nvapi-{{base64url:64}}'],
      nonExamples: ['nvapi-short'],
    },
    {
      id: 'nvidia-legacy-ngc-key',
      title: 'NVIDIA NGC API key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{84}' },
      context: {
        keys: ['ngcapikey', 'ngcclikey', 'ngcclia', 'ngccliapikey'],
        near: ['ngc_api_key', 'ngc api key', 'ngc_cli_api_key', 'ngcapikey', 'ngcclikey', 'ngcclia', 'ngccliapikey'],
      },
      validate: isDrawn,
      examples: ['{{base62:84}}'],
      nonExamples: ['{{hex:84}}'],
    },
  ],
)
