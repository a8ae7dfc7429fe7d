import { defineRules } from '../define.js'

export const agora = defineRules(
  { provider: 'Agora', link: 'https://docs.agora.io/en/video-calling/reference/manage-agora-account' },
  [
    {
      id: 'agora-app-certificate',
      title: 'Agora app certificate',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: {
        keys: ['agoraappcertificate', 'agoracertificate', 'agorasecret'],
        near: [
          'agora app certificate',
          'agora_app_certificate',
          'agora certificate',
          'agoraappcertificate',
          'agoracertificate',
          'agorasecret',
        ],
      },
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
