import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const ovh = defineRules(
  {
    provider: 'OVHcloud',
    link: 'https://help.ovhcloud.com/csm/en-gb-api-getting-started-ovhcloud-api?id=kb_article_view&sysparm_article=KB0042777',
  },
  [
    {
      id: 'ovh-application-secret',
      title: 'OVHcloud application secret or consumer key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9]{32}' },
      context: {
        keys: ['ovhapplicationsecret', 'ovhconsumerkey', 'ovhsecret', 'ovhappsecret'],
        near: [
          'ovh_application_secret',
          'ovh_consumer_key',
          'ovh application secret',
          'ovh consumer key',
          'x-ovh-consumer',
          'ovhapplicationsecret',
          'ovhconsumerkey',
          'ovhsecret',
          'ovhappsecret',
        ],
      },
      validate: hasDigit,
      examples: ['{{base62:32}}'],
      nonExamples: ['{{hex:30}}'],
    },
  ],
)
