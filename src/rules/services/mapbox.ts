import { defineRules } from '../define.js'

export const mapbox = defineRules(
  { provider: 'Mapbox', link: 'https://docs.mapbox.com/help/dive-deeper/access-tokens/' },
  [
    {
      id: 'mapbox-secret-token',
      title: 'Mapbox secret token',
      definition: { anchors: ['sk.eyJ', 'tk.eyJ'], pattern: '[st]k\\.eyJ[A-Za-z0-9_-]{60,200}\\.[A-Za-z0-9_-]{20,24}' },
      examples: ['sk.eyJ{{base64url:87}}.{{base64url:22}}', 'tk.eyJ{{base64url:87}}.{{base64url:22}}'],
      nonExamples: ['pk.eyJ{{base64url:87}}.{{base64url:22}}'],
    },
  ],
)
