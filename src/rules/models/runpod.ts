import { hasDigit } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const runpod = defineRules({ provider: 'RunPod', link: 'https://docs.runpod.io/get-started/api-keys' }, [
  {
    id: 'runpod-api-key',
    title: 'RunPod API key',
    definition: { anchors: ['rpa_'], pattern: 'rpa_[A-Za-z0-9]{40,60}' },
    examples: ['rpa_{{base62:46}}'],
    nonExamples: ['rpa_{{base62:12}}'],
  },
  {
    id: 'runpod-legacy-api-key',
    title: 'RunPod API key (before the prefix)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Z0-9]{40}' },
    context: credentialOf(['runpod']),
    validate: hasDigit,
    examples: ['{{upper36:40}}'],
    nonExamples: ['{{hex:40}}'],
  },
])
