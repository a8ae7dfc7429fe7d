import { defineRules } from '../define.js'

export const oracle = defineRules(
  {
    provider: 'Oracle Cloud',
    link: 'https://docs.oracle.com/en-us/iaas/Content/Identity/Tasks/managingcredentials.htm',
  },
  [
    {
      id: 'oracle-customer-secret-key',
      title: 'Oracle Cloud customer secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9+/]{43}=' },
      context: {
        keys: ['ocisecretkey', 'ocisecretaccesskey', 'oraclesecretkey', 'ocicustomersecret'],
        near: [
          'oci_secret_key',
          'oci secret key',
          'customer secret key',
          'ocisecretkey',
          'ocisecretaccesskey',
          'oraclesecretkey',
          'ocicustomersecret',
        ],
      },
      examples: ['{{base62:43}}='],
      nonExamples: ['{{hex:43}}'],
    },
  ],
)
