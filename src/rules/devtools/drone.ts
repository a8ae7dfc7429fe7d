import { isScattered } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const drone = defineRules({ provider: 'Drone CI', link: 'https://docs.drone.io/api/overview/' }, [
  {
    id: 'drone-token',
    title: 'Drone CI personal token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
    context: credentialOf(['drone']),
    validate: isScattered,
    examples: ['{{base62:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
])
