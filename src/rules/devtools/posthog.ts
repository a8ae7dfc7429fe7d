import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const posthog = defineRules({ provider: 'PostHog', link: 'https://posthog.com/docs/api' }, [
  {
    id: 'posthog-personal-api-key',
    title: 'PostHog personal API key',
    definition: { anchors: ['phx_'], pattern: 'phx_[A-Za-z0-9_-]{43,60}' },
    examples: ['phx_{{base62:43}}'],
    nonExamples: ['phc_{{base62:43}}'],
  },
  {
    id: 'posthog-project-secret',
    title: 'PostHog project secret or OAuth token',
    definition: { anchors: ['phs_', 'pha_', 'phr_'], pattern: 'ph[sar]_[A-Za-z0-9_-]{32,80}' },
    validate: isScattered,
    examples: ['phs_{{base62:43}}', 'pha_{{base62:43}}'],
    nonExamples: ['phc_{{base62:43}}'],
  },
])
