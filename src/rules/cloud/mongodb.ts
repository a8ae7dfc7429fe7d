import { defineRules } from '../define.js'

export const mongodb = defineRules(
  { provider: 'MongoDB', link: 'https://www.mongodb.com/docs/atlas/api/service-accounts-overview/' },
  [
    {
      id: 'mongodb-atlas-secret',
      title: 'MongoDB Atlas service account secret',
      definition: { anchors: ['mdb_sa_sk_'], pattern: 'mdb_sa_sk_[A-Za-z0-9_-]{40}' },
      examples: ['mdb_sa_sk_{{base62:40}}'],
      nonExamples: [],
    },
  ],
)
