import { defineRules } from '../define.js'

export const pinecone = defineRules(
  { provider: 'Pinecone', link: 'https://docs.pinecone.io/guides/projects/manage-api-keys' },
  [
    {
      id: 'pinecone-api-key',
      title: 'Pinecone API key',
      definition: { anchors: ['pcsk_'], pattern: 'pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}' },
      examples: ['pcsk_{{base62:6}}_{{base62:63}}'],
      nonExamples: [],
    },
  ],
)
