import { hasHexCrc32, isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const cloudflare = defineRules(
  { provider: 'Cloudflare', link: 'https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/' },
  [
    {
      id: 'cloudflare-api-token',
      title: 'Cloudflare API token (user or account)',
      severity: 'critical',
      definition: { anchors: ['cfut_', 'cfat_'], pattern: 'cf[ua]t_[A-Za-z0-9_-]{40,60}' },
      validate: hasHexCrc32,
      examples: ['cfut_{{base62:48}}', 'cfat_{{base62:40}}{{hex:8}}', '{{token:cloudflare}}'],
      nonExamples: ['cfut_short'],
    },
    {
      id: 'cloudflare-global-api-key',
      title: 'Cloudflare Global API Key',
      severity: 'critical',
      definition: { anchors: ['cfk_'], pattern: 'cfk_[A-Za-z0-9_-]{40,60}' },
      validate: hasHexCrc32,
      examples: ['cfk_{{base62:40}}{{hex:8}}'],
      nonExamples: ['cfk_short'],
    },
    {
      id: 'cloudflare-legacy-api-token',
      title: 'Cloudflare API token (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{40}' },
      context: {
        keys: ['cloudflareapitoken', 'cloudflaretoken', 'cfapitoken'],
        near: [
          'cloudflare api token',
          'cloudflare_api_token',
          'cf_api_token',
          'cloudflare token',
          'cloudflareapitoken',
          'cloudflaretoken',
          'cfapitoken',
        ],
      },
      validate: isDrawn,
      examples: ['{{base62:40}}'],
      nonExamples: ['{{hex:40}}'],
    },
    {
      id: 'cloudflare-legacy-global-api-key',
      title: 'Cloudflare Global API Key (before the prefix)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{37,45}' },
      context: {
        keys: ['cloudflareapikey', 'cloudflareglobal', 'cfapikey', 'xauthkey'],
        near: [
          'cloudflare api key',
          'cloudflare_api_key',
          'cloudflare global api key',
          'cf_api_key',
          'x-auth-key',
          'cloudflareapikey',
          'cloudflareglobal',
          'cfapikey',
          'xauthkey',
        ],
      },
      examples: ['{{hex:37}}'],
      nonExamples: ['{{hex:32}}'],
    },
    {
      id: 'cloudflare-origin-ca-key',
      title: 'Cloudflare Origin CA key',
      definition: { anchors: ['v1.0-'], pattern: 'v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}' },
      examples: ['v1.0-{{hex:24}}-{{hex:146}}'],
      nonExamples: ['v1.0-beta'],
    },
    {
      // The site key, which is public, has 24 characters.
      id: 'cloudflare-turnstile-secret',
      title: 'Cloudflare Turnstile secret key',
      definition: { anchors: ['0x4AAAAAAA'], pattern: '0x4AAAAAAA[A-Za-z0-9_-]{25}' },
      examples: ['0x4AAAAAAA{{base64url:25}}'],
      nonExamples: ['0x4AAAAAAA{{base64url:14}}'],
    },
    {
      id: 'cloudflare-r2-secret-access-key',
      title: 'Cloudflare R2 secret access key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{64}' },
      context: {
        keys: ['r2secretaccesskey', 'r2secretkey', 'cloudflarer2secret'],
        near: [
          'r2 secret',
          'r2_secret_access_key',
          'r2_secret_key',
          'r2secretaccesskey',
          'r2secretkey',
          'cloudflarer2secret',
        ],
      },
      examples: ['{{hex:64}}'],
      nonExamples: ['{{hex:40}}'],
    },
  ],
)
