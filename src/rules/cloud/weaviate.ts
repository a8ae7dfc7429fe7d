import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const weaviate = defineRules(
  { provider: 'Weaviate', link: 'https://docs.weaviate.io/cloud/manage-clusters/connect' },
  [
    {
      id: 'weaviate-api-key',
      title: 'Weaviate Cloud API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/_-]{36,200}={0,2}' },
      context: {
        keys: ['weaviateapikey', 'weaviatekey', 'wcdapikey', 'wcsapikey', 'weaviatetoken'],
        near: [
          'weaviate api key',
          'weaviate_api_key',
          'weaviate key',
          'wcd_api_key',
          'wcs_api_key',
          'weaviateapikey',
          'weaviatekey',
          'wcdapikey',
          'wcsapikey',
          'weaviatetoken',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:36}}', '{{base62:70}}=='],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
