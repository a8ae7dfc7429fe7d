import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const slack = defineRules({ provider: 'Slack', link: 'https://docs.slack.dev/authentication/tokens' }, [
  {
    id: 'slack-token',
    title: 'Slack bot, user, app or refresh token',
    definition: {
      anchors: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxc-', 'xoxd-', 'xoxe-', 'xoxe.'],
      pattern: 'xox(?:d-[A-Za-z0-9/+=]{24,400}|(?:[abceoprs]-|e\\.xox[bp]-)[A-Za-z0-9-]{24,400})',
    },
    validate: hasDigit,
    examples: [
      'xoxb-{{digits:12}}-{{digits:13}}-{{base62:24}}',
      'xoxp-{{digits:12}}-{{digits:12}}-{{digits:13}}-{{hex:32}}',
      'xoxe.xoxp-1-{{base62:146}}',
      'xoxd-{{base64:160}}',
    ],
    nonExamples: ['xoxb-your-token'],
  },
  {
    id: 'slack-app-token',
    title: 'Slack app-level token',
    definition: { anchors: ['xapp-'], pattern: 'xapp-\\d-[A-Z0-9]{8,13}-\\d{8,15}-[0-9a-f]{64}' },
    examples: ['xapp-1-A{{upper36:10}}-{{digits:13}}-{{hex:64}}'],
    nonExamples: ['xapp-1-A{{upper36:10}}'],
  },
  {
    id: 'slack-webhook-url',
    title: 'Slack webhook URL',
    definition: {
      anchors: ['https://hooks.slack.com/', 'https://hooks.slack-gov.com/'],
      pattern:
        'https://hooks\\.slack(?:-gov)?\\.com/(?:services|workflows|triggers)/[A-Za-z0-9]{8,14}/(?:[A-Za-z0-9]{8,20}/)?(?:\\d{15,20}/)?[A-Za-z0-9]{20,32}',
      leftBoundary: 'none',
    },
    examples: [
      'https://hooks.slack.com/services/T{{upper36:10}}/B{{upper36:10}}/{{base62:24}}',
      'https://hooks.slack.com/workflows/T{{upper36:10}}/A{{upper36:10}}/{{digits:18}}/{{base62:24}}',
      'https://hooks.slack.com/triggers/T{{upper36:10}}/{{digits:13}}/{{hex:32}}',
    ],
    nonExamples: ['https://hooks.slack.com/services/T00/B00/x'],
  },
])
