import { hasDigit, holdsAwsAccount, isAwsExample, isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const aws = defineRules(
  { provider: 'AWS', link: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html' },
  [
    {
      id: 'aws-access-key-id',
      title: 'AWS access key id',
      kind: 'identifier',
      definition: { anchors: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], pattern: 'A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}' },
      validate: holdsAwsAccount,
      examples: [
        'AKIA{{upper32:16}}',
        'ASIA{{upper32:16}}',
        'ABIA{{upper32:16}}',
        'ACCA{{upper32:16}}',
        '{{token:aws}}',
      ],
      nonExamples: ['AKIAshort', 'AKIAIOSFODNN7EXAMPLE'],
    },
    {
      id: 'aws-secret-access-key',
      title: 'AWS secret access key',
      severity: 'critical',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?<![/+])[A-Za-z0-9/+]{40}(?![/+=])' },
      context: {
        // `akia`: beside the id of the key, in an object whose names say nothing.
        keys: ['secretaccesskey', 'awssecret', 'awssecretkey', 'akia'],
        near: ['aws_secret', 'secret_access_key', 'secretaccesskey', 'aws secret', 'akia', 'awssecret', 'awssecretkey'],
      },
      validate: (secret) => isDrawn(secret) && !isAwsExample(secret),
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
    {
      id: 'aws-secret-access-key-prompt',
      title: 'AWS secret access key behind the prompt of `aws configure`',
      severity: 'critical',
      link: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html',
      definition: {
        anchors: ['Secret Access Key ['],
        pattern: 'Secret Access Key \\[[^\\]\\n]{0,40}\\]: {1,2}(?<secret>[A-Za-z0-9/+]{40})(?![/+=])',
      },
      validate: (secret) => isDrawn(secret) && !isAwsExample(secret),
      examples: ['AWS Secret Access Key [None]: <<{{base62:40}}>>'],
      nonExamples: ['AWS Secret Access Key [None]: '],
    },
    {
      id: 'aws-session-token',
      title: 'AWS session token',
      severity: 'critical',
      definition: {
        anchors: ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'],
        pattern: '(?:IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz)[A-Za-z0-9+/]{100,2000}={0,2}',
        maxLength: 2600,
      },
      examples: ['IQoJb3JpZ2lu{{base62:400}}', 'FwoGZXIvYXdz{{base62:300}}=='],
      nonExamples: ['IQoJb3JpZ2lu'],
    },
    {
      id: 'aws-bedrock-api-key',
      title: 'Amazon Bedrock API key',
      severity: 'critical',
      definition: {
        anchors: ['ABSKQmVkcm9ja0FQSUtleS', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t'],
        pattern:
          'ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{80,400}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/]{80,4000}={0,2}',
        maxLength: 4096,
      },
      examples: ['ABSKQmVkcm9ja0FQSUtleS{{base62:110}}', 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{{base62:400}}'],
      nonExamples: ['bedrock-api-key-rotation'],
    },
    {
      id: 'aws-mws-auth-token',
      title: 'Amazon Marketplace Web Service auth token',
      definition: {
        anchors: ['amzn.mws.'],
        pattern: 'amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
      },
      examples: ['amzn.mws.{{uuid}}'],
      nonExamples: ['amzn.mws.example'],
    },
    {
      id: 'aws-ses-smtp-password',
      title: 'Amazon SES SMTP password',
      confidence: 'medium',
      definition: { anchors: [], pattern: 'B[A-Za-z0-9+/]{43}' },
      context: {
        keys: ['sessmtppassword', 'sessmtpsecret'],
        near: ['ses_smtp_password', 'ses smtp password', 'ses smtp credentials', 'sessmtppassword', 'sessmtpsecret'],
      },
      validate: isDrawn,
      examples: ['B{{base62:43}}'],
      nonExamples: ['{{hex:44}}'],
    },
    {
      id: 'aws-cognito-client-secret',
      title: 'Amazon Cognito app client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[a-z0-9]{40,64}' },
      context: {
        keys: ['cognitoclientsecret', 'cognitosecret'],
        near: ['cognito_client_secret', 'cognito client secret', 'cognitoclientsecret', 'cognitosecret'],
      },
      validate: hasDigit,
      examples: ['{{lower36:52}}'],
      nonExamples: ['{{hex:32}}'],
    },
  ],
)
