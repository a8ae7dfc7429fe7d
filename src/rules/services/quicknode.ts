import { defineRules } from '../define.js'

export const quicknode = defineRules(
  { provider: 'QuickNode', link: 'https://www.quicknode.com/docs/console-api/getting-started' },
  [
    {
      id: 'quicknode-url-token',
      title: 'QuickNode endpoint token in a URL',
      definition: {
        anchors: ['.quiknode.pro/'],
        pattern: '\\.quiknode\\.pro/(?<secret>[0-9a-f]{40})',
        leftBoundary: 'none',
      },
      examples: ['https://tame-sky.solana-mainnet.quiknode.pro/<<{{hex:40}}>>/'],
      nonExamples: ['https://tame-sky.quiknode.pro/'],
    },
    {
      id: 'quicknode-api-key',
      title: 'QuickNode console API key',
      definition: { anchors: ['QN_'], pattern: 'QN_[0-9a-f]{32}' },
      examples: ['QN_{{hex:32}}'],
      nonExamples: ['QN_{{hex:12}}'],
    },
  ],
)
