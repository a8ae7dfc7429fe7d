import { defineRules } from '../define.js'

export const huggingface = defineRules(
  { provider: 'Hugging Face', link: 'https://huggingface.co/docs/hub/security-tokens' },
  [
    {
      id: 'huggingface-token',
      title: 'Hugging Face token',
      definition: { anchors: ['hf_', 'api_org_'], pattern: '(?:hf|api_org)_[A-Za-z0-9]{34}' },
      examples: ['hf_{{base62:34}}', 'api_org_{{base62:34}}'],
      nonExamples: ['hf_hub_download'],
    },
    {
      id: 'huggingface-oauth-token',
      title: 'Hugging Face OAuth access token',
      definition: {
        anchors: ['hf_oauth_eyJ'],
        pattern: 'hf_oauth_eyJ[A-Za-z0-9_-]{12,1000}\\.[A-Za-z0-9_-]{12,2000}\\.[A-Za-z0-9_-]{20,1000}',
        maxLength: 4096,
      },
      examples: ['hf_oauth_{{jwt}}'],
      nonExamples: ['hf_oauth_redirect_path'],
    },
  ],
)
