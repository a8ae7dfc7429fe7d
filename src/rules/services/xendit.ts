import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const xendit = defineRules({ provider: 'Xendit', link: 'https://docs.xendit.co/docs/api-keys' }, [
  {
    id: 'xendit-secret-key',
    title: 'Xendit secret key',
    severity: 'critical',
    definition: { anchors: ['xnd_production_'], pattern: 'xnd_production_[A-Za-z0-9+/]{40,90}={0,2}' },
    validate: hasDigit,
    examples: ['xnd_production_{{base62:56}}'],
    nonExamples: ['xnd_public_production_{{base62:56}}'],
  },
  {
    id: 'xendit-test-key',
    title: 'Xendit secret key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['xnd_development_'], pattern: 'xnd_development_[A-Za-z0-9+/]{40,90}={0,2}' },
    validate: hasDigit,
    examples: ['xnd_development_{{base62:56}}'],
    nonExamples: ['xnd_public_development_{{base62:56}}'],
  },
])
