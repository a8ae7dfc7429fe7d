import { defineRules } from '../define.js'

export const shopify = defineRules(
  { provider: 'Shopify', link: 'https://shopify.dev/docs/apps/build/authentication-authorization' },
  [
    {
      id: 'shopify-token',
      title: 'Shopify access token or shared secret',
      definition: {
        anchors: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_', 'shpua_', 'shpcat_'],
        pattern: 'shp(?:at|ca|pa|ss|tka|ua|cat)_[0-9a-f]{32}',
      },
      examples: ['shpat_{{hex:32}}', 'shpss_{{hex:32}}', 'shpua_{{hex:32}}'],
      nonExamples: ['shpat_{{hex:8}}'],
    },
  ],
)
