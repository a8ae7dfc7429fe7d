import { defineRules } from '../define.js'

export const planetscale = defineRules(
  { provider: 'PlanetScale', link: 'https://planetscale.com/docs/concepts/service-tokens' },
  [
    {
      id: 'planetscale-token',
      title: 'PlanetScale token or password',
      definition: {
        anchors: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
        pattern: 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9=_.-]{32,64}(?<!\\.)',
      },
      examples: ['pscale_tkn_{{base62:43}}', 'pscale_pw_{{base62:43}}'],
      nonExamples: [],
    },
  ],
)
