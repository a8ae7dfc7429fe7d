import { defineRules } from '../define.js'

export const dId = defineRules({ provider: 'D-ID', link: 'https://docs.d-id.com/reference/basic-authentication' }, [
  {
    id: 'd-id-api-key',
    title: 'D-ID API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9+/]{16,80}={0,2}:[A-Za-z0-9_-]{20,40}' },
    context: { keys: ['didapikey'], near: ['d-id api key', 'did_api_key', 'd_id_api_key', 'didapikey'] },
    examples: ['{{base62:32}}:{{base64url:21}}'],
    nonExamples: ['{{base62:32}}'],
  },
])
