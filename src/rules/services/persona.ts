import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const persona = defineRules({ provider: 'Persona', link: 'https://docs.withpersona.com/api-keys' }, [
  {
    id: 'persona-api-key',
    title: 'Persona API key',
    definition: { anchors: ['persona_production_'], pattern: 'persona_production_[A-Za-z0-9_-]{20,80}' },
    validate: hasDigit,
    examples: ['persona_production_{{uuid}}'],
    nonExamples: ['persona_production_{{base62:8}}'],
  },
  {
    id: 'persona-sandbox-key',
    title: 'Persona API key for the sandbox',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['persona_sandbox_'], pattern: 'persona_sandbox_[A-Za-z0-9_-]{20,80}' },
    validate: hasDigit,
    examples: ['persona_sandbox_{{uuid}}'],
    nonExamples: ['persona_sandbox_{{base62:8}}'],
  },
])
