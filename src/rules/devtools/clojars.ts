import { defineRules } from '../define.js'

export const clojars = defineRules(
  { provider: 'Clojars', link: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens' },
  [
    {
      id: 'clojars-deploy-token',
      title: 'Clojars deploy token',
      definition: { anchors: ['CLOJARS_'], pattern: 'CLOJARS_[0-9a-f]{60}' },
      examples: ['CLOJARS_{{hex:60}}'],
      nonExamples: ['CLOJARS_USERNAME'],
    },
  ],
)
