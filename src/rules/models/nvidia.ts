import { defineRules } from '../define.js'

export const nvidia = defineRules(
  { provider: 'NVIDIA', link: 'https://docs.nvidia.com/ngc/latest/ngc-user-guide.html' },
  [
    {
      id: 'nvidia-api-key',
      title: 'NVIDIA API key',
      definition: { anchors: ['nvapi-'], pattern: 'nvapi-[A-Za-z0-9_-]{60,70}' },
      examples: ['nvapi-{{base64url:64}}'],
      nonExamples: [],
    },
  ],
)
