import { defineRules } from '../define.js'

export const wolfram = defineRules(
  { provider: 'Wolfram Alpha', link: 'https://products.wolframalpha.com/api/documentation' },
  [
    {
      id: 'wolfram-app-id',
      title: 'Wolfram Alpha AppID',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Z0-9]{6}-[A-Z0-9]{10}' },
      context: {
        keys: ['wolframalphaappid', 'wolframappid', 'wolframalphakey', 'wolframapikey', 'wolframalphaapikey'],
        near: [
          'wolfram_alpha_appid',
          'wolfram_app_id',
          'wolfram alpha appid',
          'wolframalpha_appid',
          'wolfram api key',
          'wolframalphaappid',
          'wolframappid',
          'wolframalphakey',
          'wolframapikey',
          'wolframalphaapikey',
        ],
      },
      examples: ['{{upper36:6}}-{{upper36:10}}'],
      nonExamples: ['{{upper36:10}}'],
    },
  ],
)
