import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const tolgee = defineRules(
  { provider: 'Tolgee', link: 'https://docs.tolgee.io/platform/account_settings/api_keys_and_pat_tokens' },
  [
    {
      id: 'tolgee-api-key',
      title: 'Tolgee project API key or personal access token',
      // The page states the prefixes; the rest is what both are drawn from, and no length.
      definition: { anchors: ['tgpak_', 'tgpat_'], pattern: 'tgpa[kt]_[a-z0-9]{40,64}' },
      validate: hasDigit,
      examples: ['tgpak_{{lower36:52}}', 'tgpat_{{lower36:52}}'],
      nonExamples: ['tgpat_example'],
    },
  ],
)
