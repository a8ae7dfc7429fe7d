import { defineRules } from '../define.js'

export const imagekit = defineRules({ provider: 'ImageKit', link: 'https://imagekit.io/docs/api-keys' }, [
  {
    id: 'imagekit-private-key',
    title: 'ImageKit private key',
    definition: { anchors: ['private_'], pattern: 'private_[A-Za-z0-9+/]{27}=' },
    examples: ['private_{{base62:27}}='],
    nonExamples: ['private_variable_declaration='],
  },
])
