import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const render = defineRules({ provider: 'Render', link: 'https://render.com/docs/api' }, [
  {
    id: 'render-api-key',
    title: 'Render API key',
    definition: { anchors: ['rnd_'], pattern: 'rnd_[A-Za-z0-9]{28,40}' },
    validate: isDrawn,
    examples: ['rnd_{{base62:28}}'],
    nonExamples: ['rnd_{{hex:28}}', 'rnd_seed'],
  },
  {
    id: 'render-deploy-hook',
    title: 'Key of a Render deploy hook',
    severity: 'medium',
    definition: {
      anchors: ['api.render.com/deploy/srv-'],
      pattern: 'api\\.render\\.com\\/deploy\\/srv-[a-z0-9]{16,24}\\?key=(?<secret>[A-Za-z0-9_-]{8,24})',
    },
    examples: ['https://api.render.com/deploy/srv-{{lower36:20}}?key=<<{{base62:11}}>>'],
    nonExamples: ['https://api.render.com/deploy/srv-{{lower36:20}}'],
  },
])
