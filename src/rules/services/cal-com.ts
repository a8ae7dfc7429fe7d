import { defineRules } from '../define.js'

export const calCom = defineRules({ provider: 'Cal.com', link: 'https://cal.com/docs/api-reference/v2/introduction' }, [
  {
    id: 'cal-com-api-key',
    title: 'Cal.com API key',
    definition: { anchors: ['cal_live_'], pattern: 'cal_live_[0-9a-f]{32}' },
    examples: ['cal_live_{{hex:32}}'],
    nonExamples: ['cal_live_{{hex:8}}'],
  },
  {
    id: 'cal-com-test-key',
    title: 'Cal.com API key for test mode',
    kind: 'test',
    severity: 'medium',
    definition: { anchors: ['cal_test_', 'cal_'], pattern: 'cal_(?:test_)?[0-9a-f]{32}' },
    examples: ['cal_{{hex:32}}'],
    nonExamples: ['cal_{{hex:8}}'],
  },
])
