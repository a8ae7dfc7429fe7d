import { defineRules } from '../define.js'

/** Whoever knows such an address may post to it. Hosts differ from team to team; the path's last part is the secret. */
export const webhookUrl = defineRules(
  { provider: 'Mattermost', link: 'https://developers.mattermost.com/integrate/webhooks/incoming/' },
  [
    {
      id: 'webhook-url-mattermost',
      title: 'Mattermost incoming webhook address',
      confidence: 'medium',
      definition: { anchors: ['/hooks/'], pattern: '\\/hooks\\/(?<secret>[a-z0-9]{26})', leftBoundary: 'none' },
      validate: (secret) => /\d.*\d/.test(secret),
      examples: ['https://chat.internal/hooks/<<{{lower36:26}}>>'],
      nonExamples: ['https://example.com/hooks/use-something-else'],
    },
  ],
)
