import { defineRules } from '../define.js'

export const microsoftTeams = defineRules(
  {
    provider: 'Microsoft Teams',
    link: 'https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
  },
  [
    {
      id: 'microsoft-teams-webhook-url',
      title: 'Microsoft Teams webhook URL',
      definition: {
        anchors: ['.webhook.office.com/webhookb2/'],
        pattern:
          'https://[a-z0-9-]{1,48}\\.webhook\\.office\\.com/webhookb2/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}@[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:/[A-Za-z0-9_-]{20,64})?',
        before: 56,
        leftBoundary: 'none',
      },
      examples: ['https://acme.webhook.office.com/webhookb2/{{uuid}}@{{uuid}}/IncomingWebhook/{{hex:32}}/{{uuid}}'],
      nonExamples: ['https://acme.webhook.office.com/webhookb2/'],
    },
  ],
)
