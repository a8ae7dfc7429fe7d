import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const assemblyai = defineRules({ provider: 'AssemblyAI', link: 'https://www.assemblyai.com/docs' }, [
  {
    id: 'assemblyai-api-key',
    title: 'AssemblyAI API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{32}' },
    context: credentialOf(['assemblyai']),
    examples: ['{{hex:32}}'],
    nonExamples: ['{{uuid}}'],
  },
])
