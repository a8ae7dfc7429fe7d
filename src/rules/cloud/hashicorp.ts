import { defineRules } from '../define.js'

export const hashicorp = defineRules(
  { provider: 'HashiCorp', link: 'https://developer.hashicorp.com/vault/docs/concepts/tokens' },
  [
    {
      id: 'hashicorp-vault-token',
      title: 'Vault token',
      definition: { anchors: ['hvs.', 'hvb.', 'hvr.'], pattern: 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}' },
      examples: ['hvs.{{base62:24}}', 'hvb.{{base64url:138}}'],
      nonExamples: [],
    },
    {
      id: 'hashicorp-terraform-token',
      title: 'HCP Terraform API token',
      definition: { anchors: ['.atlasv1.'], pattern: '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70}', before: 14 },
      examples: ['{{base62:14}}.atlasv1.{{base64url:67}}'],
      nonExamples: [],
    },
  ],
)
