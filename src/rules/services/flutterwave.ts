import { defineRules } from '../define.js'

export const flutterwave = defineRules(
  { provider: 'Flutterwave', link: 'https://developer.flutterwave.com/docs/authentication' },
  [
    {
      id: 'flutterwave-secret-key',
      title: 'Flutterwave secret key',
      severity: 'critical',
      definition: { anchors: ['FLWSECK-'], pattern: 'FLWSECK-[0-9a-f]{32}-(?:[0-9a-f]{6,16}vt-)?X' },
      examples: ['FLWSECK-{{hex:32}}-X'],
      nonExamples: ['FLWPUBK-{{hex:32}}-X'],
    },
    {
      id: 'flutterwave-test-key',
      title: 'Flutterwave secret or encryption key for test mode',
      kind: 'test',
      severity: 'medium',
      definition: { anchors: ['FLWSECK_TEST'], pattern: 'FLWSECK_TEST(?:-[0-9a-f]{32}-X|[0-9a-f]{12})' },
      examples: ['FLWSECK_TEST-{{hex:32}}-X'],
      nonExamples: ['FLWPUBK_TEST-{{hex:32}}-X'],
    },
  ],
)
