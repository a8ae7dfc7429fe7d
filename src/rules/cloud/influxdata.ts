import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const influxdata = defineRules(
  { provider: 'InfluxData', link: 'https://docs.influxdata.com/influxdb/cloud/admin/tokens/' },
  [
    {
      id: 'influxdb3-token',
      title: 'InfluxDB 3 token',
      confidence: 'medium',
      definition: { anchors: ['apiv3_'], pattern: 'apiv3_[A-Za-z0-9_-]{64,128}' },
      examples: ['apiv3_{{base64url:86}}'],
      nonExamples: ['apiv3_endpoint'],
    },
    {
      id: 'influxdb-token',
      title: 'InfluxDB API token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{86}==' },
      context: credentialOf(['influx', 'influxdb', 'influxdata']),
      examples: ['{{base64url:86}}=='],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
