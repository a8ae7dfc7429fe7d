import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const vectara = defineRules({ provider: 'Vectara', link: 'https://docs.vectara.com/docs' }, [
  {
    id: 'vectara-api-key',
    title: 'Vectara API key',
    definition: { anchors: ['zwt_', 'zqt_', 'zut_'], pattern: 'z[wqu]t_[A-Za-z0-9_-]{32,48}' },
    validate: isDrawn,
    examples: ['zwt_{{base64url:36}}', 'zqt_{{base64url:36}}', 'zut_{{base64url:36}}'],
    nonExamples: ['zwt_{{hex:32}}'],
  },
])
