import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const anyscale = defineRules({ provider: 'Anyscale', link: 'https://docs.anyscale.com/' }, [
  {
    id: 'anyscale-token',
    title: 'Anyscale CLI token or endpoint key',
    confidence: 'medium',
    definition: {
      anchors: ['aph0_', 'esecret_'],
      pattern: '(?:aph0_[A-Za-z0-9_-]{24,200}|esecret_[A-Za-z0-9]{24,64})',
    },
    validate: hasDigit,
    examples: ['aph0_{{base64url:80}}', 'esecret_{{lower36:26}}'],
    nonExamples: ['esecret_name'],
  },
])
