import { defineRules } from '../define.js'

export const rancher = defineRules(
  { provider: 'Rancher', link: 'https://ranchermanager.docs.rancher.com/api/api-tokens' },
  [
    {
      id: 'rancher-api-token',
      title: 'Rancher API token',
      severity: 'critical',
      definition: {
        anchors: ['token-', 'kubeconfig-'],
        pattern: '(?:token-[a-z0-9]{5}|kubeconfig-[a-z0-9-]{5,48}):[a-z0-9]{54}',
      },
      examples: ['token-{{lower36:5}}:{{lower36:54}}', 'kubeconfig-u-{{lower36:10}}:{{lower36:54}}'],
      nonExamples: ['token-abcde:secret'],
    },
  ],
)
