import { defineRules } from '../define.js'

export const algolia = defineRules(
  { provider: 'Algolia', link: 'https://www.algolia.com/doc/guides/security/api-keys/' },
  [
    {
      // A search key has the same shape and is public: the name must say more than Algolia.
      id: 'algolia-admin-api-key',
      title: 'Algolia admin or write API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: {
        keys: ['algoliaadmin', 'algoliawrite', 'algoliasecret', 'algoliausage', 'algoliamonitoring'],
        near: [
          'algolia admin',
          'algolia_admin',
          'algolia write',
          'algolia_write',
          'algoliaadmin',
          'algoliawrite',
          'algoliasecret',
          'algoliausage',
          'algoliamonitoring',
        ],
      },
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
