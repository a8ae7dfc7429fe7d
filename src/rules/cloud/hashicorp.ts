import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const hashicorp = defineRules(
  { provider: 'HashiCorp', link: 'https://developer.hashicorp.com/vault/docs/concepts/tokens' },
  [
    {
      id: 'hashicorp-vault-token',
      title: 'Vault token',
      definition: { anchors: ['hvs.', 'hvb.', 'hvr.'], pattern: 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}' },
      examples: ['hvs.{{base62:24}}', 'hvb.{{base64url:138}}', 'hvr.{{base64url:100}}'],
      nonExamples: ['hvs.example'],
    },
    {
      id: 'hashicorp-vault-legacy-token',
      title: 'Vault token (before 1.10)',
      confidence: 'medium',
      definition: { anchors: [], pattern: '(?:[sbr]\\.)?[A-Za-z0-9]{24}' },
      context: {
        keys: ['vaulttoken', 'vaultroottoken'],
        near: ['vault_token', 'vault token', 'x-vault-token', 'root token', 'vaulttoken', 'vaultroottoken'],
      },
      validate: isDrawn,
      examples: ['{{base62:24}}'],
      nonExamples: ['{{hex:24}}'],
    },
    {
      id: 'hashicorp-terraform-token',
      title: 'HCP Terraform API token',
      definition: {
        anchors: ['.atlasv1.'],
        pattern:
          '\\.atlasv1\\.[A-Za-z0-9_-]{60,70}(?![A-Za-z0-9_-])(?<=(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]))(?<secret>[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70}))',
        leftBoundary: 'none',
      },
      examples: ['{{base62:14}}.atlasv1.{{base64url:67}}'],
      nonExamples: ['example.atlasv1.token'],
    },
    {
      id: 'hashicorp-consul-nomad-token',
      title: 'Consul or Nomad ACL token',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}' },
      context: {
        keys: ['consulhttptoken', 'consultoken', 'nomadtoken'],
        near: [
          'consul_http_token',
          'consul token',
          'nomad_token',
          'nomad token',
          'x-consul-token',
          'x-nomad-token',
          'consulhttptoken',
          'consultoken',
          'nomadtoken',
        ],
      },
      examples: ['{{uuid}}'],
      nonExamples: ['{{hex:32}}'],
    },
    {
      id: 'hashicorp-hcp-client-secret',
      title: 'HCP service principal client secret',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{64}' },
      context: { keys: ['hcpclientsecret'], near: ['hcp_client_secret', 'hcp client secret', 'hcpclientsecret'] },
      validate: isDrawn,
      examples: ['{{base64url:64}}'],
      nonExamples: ['{{hex:64}}'],
    },
  ],
)
