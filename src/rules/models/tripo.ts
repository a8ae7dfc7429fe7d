import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const tripo = defineRules({ provider: 'Tripo', link: 'https://platform.tripo3d.ai/docs' }, [
  {
    id: 'tripo-api-key',
    title: 'Tripo API key',
    definition: { anchors: ['tsk_'], pattern: 'tsk_[A-Za-z0-9_-]{40,64}' },
    validate: isDrawn,
    examples: ['tsk_{{base64url:43}}'],
    nonExamples: ['tsk_{{hex:43}}'],
  },
])
