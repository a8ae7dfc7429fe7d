import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const clickhouse = defineRules(
  { provider: 'ClickHouse', link: 'https://clickhouse.com/docs/cloud/manage/openapi' },
  [
    {
      id: 'clickhouse-cloud-api-secret',
      title: 'ClickHouse Cloud API key secret',
      definition: { anchors: ['4b1d'], pattern: '4b1d[A-Za-z0-9]{38}' },
      validate: isDrawn,
      examples: ['4b1d{{base62:38}}'],
      nonExamples: ['4b1d{{hex:38}}'],
    },
  ],
)
