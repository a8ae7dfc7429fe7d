import { defineRules } from '../define.js'

export const dynatrace = defineRules(
  {
    provider: 'Dynatrace',
    link: 'https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens',
  },
  [
    {
      id: 'dynatrace-token',
      title: 'Dynatrace API, platform or OAuth client token',
      definition: {
        anchors: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s04.', 'dt0s06.', 'dt0s08.', 'dt0s16.'],
        pattern: 'dt0[cs]\\d{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}',
      },
      examples: ['dt0c01.{{upper36:24}}.{{upper36:64}}'],
      nonExamples: ['dt0c01.{{upper36:24}}'],
    },
  ],
)
