import { defineRules } from '../define.js'

export const agentops = defineRules({ provider: 'AgentOps', link: 'https://docs.agentops.ai/v2/quickstart' }, [
  {
    id: 'agentops-api-key',
    title: 'AgentOps API key',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
    context: {
      keys: ['agentopsapikey', 'agentopskey'],
      near: ['agentops api key', 'agentops_api_key', 'agentops key', 'agentopsapikey', 'agentopskey'],
    },
    examples: ['{{uuid}}'],
    nonExamples: ['{{hex:12}}'],
  },
])
