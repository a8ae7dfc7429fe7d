import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const devcycle = defineRules(
  {
    provider: 'DevCycle',
    link: 'https://docs.devcycle.com/home/feature-management/organizing-your-flags-and-variables/api-and-sdk-keys',
  },
  [
    {
      id: 'devcycle-server-key',
      title: 'DevCycle server SDK key',
      definition: { anchors: ['dvc_server_'], pattern: 'dvc_server_[A-Za-z0-9_]{24,80}' },
      validate: hasDigit,
      examples: ['dvc_server_{{hex:32}}_{{hex:8}}'],
      nonExamples: ['dvc_client_{{hex:32}}'],
    },
  ],
)
