import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const elastic = defineRules(
  {
    provider: 'Elastic',
    link: 'https://www.elastic.co/guide/en/elasticsearch/reference/current/security-api-create-api-key.html',
  },
  [
    {
      id: 'elastic-cloud-api-key',
      title: 'Elastic Cloud API key',
      definition: { anchors: ['essu_'], pattern: 'essu_[A-Za-z0-9+/_-]{40,120}={0,2}' },
      validate: isDrawn,
      examples: ['essu_{{base62:70}}=='],
      nonExamples: ['essu_short'],
    },
    {
      id: 'elastic-service-token',
      title: 'Elasticsearch service account token',
      definition: { anchors: ['AAEAAWVsYXN0aWMv'], pattern: 'AAEAAWVsYXN0aWMv[A-Za-z0-9_-]{40,160}' },
      examples: ['AAEAAWVsYXN0aWMv{{base64url:60}}'],
      nonExamples: ['AAEAAWVsYXN0aWMv'],
    },
    {
      id: 'elasticsearch-api-key',
      title: 'Elasticsearch API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/_-]{58,60}={0,2}' },
      context: credentialOf(['elastic', 'elasticsearch', 'elastic cloud', 'kibana']),
      validate: isDrawn,
      examples: ['{{base62:58}}=='],
      nonExamples: ['{{hex:58}}'],
    },
  ],
)
