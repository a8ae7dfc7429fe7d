import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const buildkite = defineRules(
  { provider: 'Buildkite', link: 'https://buildkite.com/docs/platform/security/tokens' },
  [
    {
      id: 'buildkite-token',
      title: 'Buildkite API access token',
      definition: { anchors: ['bkua_'], pattern: 'bkua_(?:[A-Za-z0-9]{2,12}\\.)?[0-9a-f]{40}' },
      examples: ['bkua_MTA.{{hex:40}}', 'bkua_{{hex:40}}'],
      nonExamples: ['bkua_{{hex:12}}'],
    },
    {
      id: 'buildkite-agent-token',
      title: 'Buildkite agent, cluster or registry token',
      definition: {
        anchors: ['bkaa_', 'bkar_', 'bkat_', 'bkct_', 'bkrt_', 'bkpt_'],
        pattern: 'bk(?:aa|ar|at|ct|rt|pt)_(?:[A-Za-z0-9]{2,12}\\.)?[A-Za-z0-9_-]{40,120}',
      },
      validate: hasDigit,
      examples: ['bkaa_MTA.{{base62:73}}', 'bkct_{{hex:50}}'],
      nonExamples: ['bkaa_{{hex:12}}'],
    },
    {
      id: 'buildkite-job-token',
      title: 'Buildkite agent job token',
      definition: {
        anchors: ['bkaj_eyJ'],
        pattern: 'bkaj_eyJ[A-Za-z0-9_-]{10,200}\\.[A-Za-z0-9_-]{40,1500}\\.[A-Za-z0-9_-]{40,200}',
        maxLength: 2048,
      },
      examples: ['bkaj_{{jwt}}'],
      nonExamples: [],
    },
  ],
)
