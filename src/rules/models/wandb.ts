import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const wandb = defineRules(
  { provider: 'Weights & Biases', link: 'https://docs.wandb.ai/support/find_api_key/' },
  [
    {
      id: 'wandb-api-key',
      title: 'Weights & Biases API key',
      definition: { anchors: ['wandb_v1_'], pattern: 'wandb_v1_[A-Za-z0-9_-]{77}' },
      examples: ['wandb_v1_{{base64url:77}}'],
      nonExamples: ['wandb_v1_short'],
    },
    {
      id: 'wandb-legacy-api-key',
      title: 'Weights & Biases API key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:local-)?[0-9a-f]{40}' },
      context: credentialOf(['wandb'], ['w&b key', 'w&b api key', 'w&b token']),
      examples: ['{{hex:40}}', 'local-{{hex:40}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
