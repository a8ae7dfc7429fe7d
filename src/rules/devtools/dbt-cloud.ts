import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const dbtCloud = defineRules(
  { provider: 'dbt Cloud', link: 'https://docs.getdbt.com/docs/dbt-cloud-apis/authentication' },
  [
    {
      id: 'dbt-cloud-token',
      title: 'dbt service or personal token',
      definition: { anchors: ['dbtc_', 'dbtu_'], pattern: 'dbt[cu]_[A-Za-z0-9_=-]{36,80}' },
      validate: hasDigit,
      examples: ['dbtc_{{base64url:43}}', 'dbtu_{{base64url:43}}'],
      nonExamples: ['dbtc_{{base62:8}}'],
    },
  ],
)
