import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const scaleway = defineRules(
  { provider: 'Scaleway', link: 'https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/' },
  [
    {
      id: 'scaleway-access-key',
      title: 'Scaleway access key (its id, not its secret)',
      kind: 'identifier',
      action: 'report',
      definition: { anchors: ['SCW'], pattern: 'SCW[A-Z0-9]{17}' },
      validate: hasDigit,
      examples: ['SCW{{upper36:17}}'],
      nonExamples: ['SCWPROJECTIDENTIFIERS'],
    },
    {
      id: 'scaleway-secret-key',
      title: 'Scaleway secret key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['scwsecretkey', 'scalewaysecretkey', 'scalewayapikey', 'scwsecret'],
        near: [
          'scw_secret_key',
          'scaleway secret key',
          'scaleway api key',
          'scaleway_secret_key',
          'scwsecretkey',
          'scalewaysecretkey',
          'scalewayapikey',
          'scwsecret',
        ],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
