import { defineRules } from '../define.js'

export const easypost = defineRules({ provider: 'EasyPost', link: 'https://docs.easypost.com/docs/authentication' }, [
  {
    id: 'easypost-api-key',
    title: 'EasyPost API key',
    definition: { anchors: ['EZAK'], pattern: 'EZAK[A-Za-z0-9]{54}' },
    examples: ['EZAK{{base62:54}}'],
    nonExamples: ['EZAK{{base62:12}}'],
  },
  {
    id: 'easypost-test-key',
    title: 'EasyPost API key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['EZTK'], pattern: 'EZTK[A-Za-z0-9]{54}' },
    examples: ['EZTK{{base62:54}}'],
    nonExamples: ['EZTK{{base62:12}}'],
  },
])
