import { isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const mollie = defineRules({ provider: 'Mollie', link: 'https://docs.mollie.com/reference/authentication' }, [
  {
    id: 'mollie-api-key',
    title: 'Mollie API key',
    definition: { anchors: ['live_'], pattern: 'live_[A-Za-z0-9]{30}' },
    validate: isScattered,
    examples: ['live_{{base62:30}}'],
    nonExamples: ['live_{{hex:30}}'],
  },
  {
    id: 'mollie-test-key',
    title: 'Mollie API key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['test_'], pattern: 'test_[A-Za-z0-9]{30}' },
    validate: isScattered,
    examples: ['test_{{base62:30}}'],
    nonExamples: ['test_{{hex:30}}'],
  },
  {
    id: 'mollie-access-token',
    title: 'Mollie organization or OAuth access token',
    definition: { anchors: ['access_'], pattern: 'access_[A-Za-z0-9]{30,60}' },
    validate: isScattered,
    examples: ['access_{{base62:40}}'],
    nonExamples: ['access_{{hex:40}}'],
  },
])
