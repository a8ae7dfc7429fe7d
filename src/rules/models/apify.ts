import { defineRules } from '../define.js'

export const apify = defineRules({ provider: 'Apify', link: 'https://docs.apify.com/platform/integrations/api' }, [
  {
    id: 'apify-api-token',
    title: 'Apify API token',
    definition: { anchors: ['apify_api_'], pattern: 'apify_api_[A-Za-z0-9]{34,38}' },
    examples: ['apify_api_{{base62:36}}'],
    nonExamples: [],
  },
])
