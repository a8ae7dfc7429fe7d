import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const baidu = defineRules(
  { provider: 'Baidu AI Cloud', link: 'https://cloud.baidu.com/doc/qianfan-docs/s/rm9l6grb4' },
  [
    {
      id: 'baidu-api-key',
      title: 'Baidu AI Cloud API key (Qianfan)',
      definition: { anchors: ['bce-v3/ALTAK-'], pattern: 'bce-v3/ALTAK-[A-Za-z0-9]{21}/[0-9a-f]{40}' },
      examples: ['bce-v3/ALTAK-{{base62:21}}/{{hex:40}}'],
      nonExamples: ['bce-v3/ALTAK-short'],
    },
    {
      id: 'baidu-secret-key',
      title: 'Baidu AI Cloud secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{32}' },
      context: credentialOf(['baidu', 'qianfan', 'baiducloud']),
      examples: ['{{hex:32}}'],
      nonExamples: ['{{uuid}}'],
    },
  ],
)
