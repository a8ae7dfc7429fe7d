import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

export const veracode = defineRules({ provider: 'Veracode', link: 'https://docs.veracode.com/r/c_api_credentials3' }, [
  {
    id: 'veracode-api-secret',
    title: 'Veracode API secret key',
    definition: { anchors: ['vera01es-', 'vera02es-'], pattern: 'vera0[12]es-[0-9a-f]{128}' },
    examples: ['vera01es-{{hex:128}}'],
    nonExamples: ['vera01ei-{{hex:32}}'],
  },
  {
    id: 'veracode-legacy-secret',
    title: 'Veracode API secret key without a prefix',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{128}' },
    context: secretOf(['veracode']),
    examples: ['{{hex:128}}'],
    nonExamples: ['{{hex:64}}'],
  },
])
