import { defineRules } from '../define.js'

export const ifttt = defineRules({ provider: 'IFTTT', link: 'https://ifttt.com/maker_webhooks/details' }, [
  {
    id: 'ifttt-webhook-key',
    title: 'IFTTT Webhooks key in a URL',
    definition: {
      anchors: ['maker.ifttt.com/trigger/'],
      pattern: 'maker\\.ifttt\\.com/trigger/[^/\\s]{1,64}/(?:json/)?with/key/(?<secret>[A-Za-z0-9_-]{20,64})',
      leftBoundary: 'none',
    },
    examples: ['https://maker.ifttt.com/trigger/door_opened/with/key/<<{{base64url:22}}>>'],
    nonExamples: ['https://maker.ifttt.com/trigger/door_opened'],
  },
])
