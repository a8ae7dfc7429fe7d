import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const baichuan = defineRules({ provider: 'Baichuan', link: 'https://platform.baichuan-ai.com/docs/api' }, [
  {
    id: 'baichuan-api-key',
    title: 'Baichuan API key',
    confidence: 'high',
    definition: { anchors: [], pattern: 'sk-[0-9a-f]{32}' },
    context: credentialOf(['baichuan']),
    examples: ['sk-{{hex:32}}'],
    nonExamples: ['sk-{{hex:12}}'],
  },
])
