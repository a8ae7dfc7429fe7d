import { defineRules } from '../define.js'

export const onesignal = defineRules(
  { provider: 'OneSignal', link: 'https://documentation.onesignal.com/docs/en/keys-and-ids' },
  [
    {
      id: 'onesignal-api-key',
      title: 'OneSignal app or organization API key',
      definition: { anchors: ['os_v2_app_', 'os_v2_org_'], pattern: 'os_v2_(?:app|org)_[a-z2-7]{80,120}' },
      examples: ['os_v2_app_{{lower32:103}}'],
      nonExamples: ['os_v2_app_{{lower32:12}}'],
    },
  ],
)
