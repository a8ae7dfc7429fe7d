import { hasLittleEndianCrc32 } from '../checks.js'
import { defineRules } from '../define.js'

export const grafana = defineRules(
  { provider: 'Grafana', link: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/' },
  [
    {
      id: 'grafana-service-account-token',
      title: 'Grafana service account token',
      definition: { anchors: ['glsa_'], pattern: 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}' },
      validate: hasLittleEndianCrc32,
      examples: ['{{token:grafana}}'],
      nonExamples: [],
    },
    {
      id: 'grafana-cloud-token',
      title: 'Grafana Cloud access policy token',
      definition: { anchors: ['glc_eyJ'], pattern: 'glc_eyJ[A-Za-z0-9+/]{60,400}={0,2}' },
      examples: ['glc_eyJ{{base62:120}}'],
      nonExamples: [],
    },
  ],
)
