import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const aikido = defineRules({ provider: 'Aikido', link: 'https://apidocs.aikido.dev/reference/authorization' }, [
  {
    id: 'aikido-token',
    title: 'Aikido client secret, CI or runtime token',
    definition: { anchors: ['AIK_'], pattern: 'AIK_(?!CLIENT_)[A-Z]{2,12}_[A-Za-z0-9_]{24,120}' },
    validate: hasDigit,
    examples: ['AIK_SECRET_{{base62:48}}', 'AIK_CI_{{base62:48}}', 'AIK_RUNTIME_12_345_EU_{{base62:48}}'],
    nonExamples: ['AIK_CLIENT_{{base62:48}}'],
  },
])
