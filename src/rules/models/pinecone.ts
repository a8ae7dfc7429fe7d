import { defineRules } from '../define.js'

export const pinecone = defineRules(
  { provider: 'Pinecone', link: 'https://docs.pinecone.io/guides/projects/manage-api-keys' },
  [
    {
      id: 'pinecone-api-key',
      title: 'Pinecone API key',
      definition: { anchors: ['pcsk_'], pattern: 'pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}' },
      examples: ['pcsk_{{base62:6}}_{{base62:63}}'],
      nonExamples: ['pcsk_your_key'],
    },
    {
      id: 'pinecone-legacy-api-key',
      title: 'Pinecone API key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['pineconeapikey', 'pineconekey'],
        near: ['pinecone api key', 'pinecone_api_key', 'pinecone key', 'pineconeapikey', 'pineconekey'],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
