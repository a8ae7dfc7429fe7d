import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const litellm = defineRules({ provider: 'LiteLLM', link: 'https://docs.litellm.ai/docs/proxy/virtual_keys' }, [
  {
    id: 'litellm-virtual-key',
    title: 'LiteLLM virtual or master key',
    confidence: 'high',
    definition: { anchors: [], pattern: 'sk-[A-Za-z0-9_-]{20,64}' },
    context: credentialOf(['litellm', 'litellm master', 'litellm virtual']),
    validate: isDrawn,
    examples: ['sk-{{base64url:22}}'],
    nonExamples: ['sk-1234'],
  },
])
