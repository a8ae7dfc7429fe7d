import { defineRules } from '../define.js'

export const pubnub = defineRules(
  { provider: 'PubNub', link: 'https://www.pubnub.com/docs/general/setup/account-setup' },
  [
    {
      id: 'pubnub-secret-key',
      title: 'PubNub secret key',
      definition: {
        anchors: ['sec-c-'],
        pattern: 'sec-c-(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9+/]{40,64}={0,2})',
      },
      examples: ['sec-c-{{uuid}}', 'sec-c-{{base62:48}}'],
      nonExamples: ['pub-c-{{uuid}}', 'sub-c-{{uuid}}'],
    },
  ],
)
