import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const omise = defineRules({ provider: 'Omise', link: 'https://docs.omise.co/api-authentication' }, [
  {
    id: 'omise-secret-key',
    title: 'Omise secret key',
    severity: 'critical',
    definition: { anchors: ['skey_'], pattern: 'skey_[a-z0-9]{19,20}' },
    validate: hasDigit,
    examples: ['skey_{{lower36:19}}'],
    nonExamples: ['pkey_{{lower36:19}}'],
  },
  {
    id: 'omise-test-key',
    title: 'Omise secret key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['skey_test_'], pattern: 'skey_test_[a-z0-9]{19,20}' },
    validate: hasDigit,
    examples: ['skey_test_{{lower36:19}}'],
    nonExamples: ['pkey_test_{{lower36:19}}'],
  },
])
