import { isMixed } from '../checks.js'
import { defineRules } from '../define.js'

export const aws = defineRules(
  { provider: 'AWS', link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html' },
  [
    {
      id: 'aws-access-key-id',
      title: 'AWS access key id',
      kind: 'identifier',
      definition: { anchors: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], pattern: 'A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}' },
      examples: ['AKIA{{upper32:16}}', 'ASIA{{upper32:16}}'],
      nonExamples: ['AKIAshort'],
    },
    {
      id: 'aws-secret-access-key',
      title: 'AWS secret access key',
      severity: 'critical',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?<![/+])[A-Za-z0-9/+]{40}(?![/+=])' },
      context: {
        keys: ['secretaccesskey', 'awssecret', 'awssecretkey'],
        near: ['aws_secret', 'secret_access_key', 'secretaccesskey', 'aws secret'],
      },
      validate: isMixed,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
    {
      id: 'aws-bedrock-api-key',
      title: 'Amazon Bedrock API key',
      severity: 'critical',
      definition: {
        anchors: ['ABSKQmVkcm9ja0FQSUtleS', 'bedrock-api-key-'],
        pattern: '(?:ABSKQmVkcm9ja0FQSUtleS|bedrock-api-key-)[A-Za-z0-9+/_-]{80,4000}={0,2}',
        maxLength: 4096,
      },
      examples: ['ABSKQmVkcm9ja0FQSUtleS{{base62:110}}'],
      nonExamples: [],
    },
  ],
)
