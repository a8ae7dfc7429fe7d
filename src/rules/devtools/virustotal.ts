import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const virustotal = defineRules(
  { provider: 'VirusTotal', link: 'https://docs.virustotal.com/docs/please-give-me-an-api-key' },
  [
    {
      id: 'virustotal-api-key',
      title: 'VirusTotal API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: credentialOf(['virustotal', 'virus total', 'vt']),
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:58}}'],
    },
  ],
)
