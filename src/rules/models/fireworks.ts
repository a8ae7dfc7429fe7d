import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const fireworks = defineRules(
  { provider: 'Fireworks AI', link: 'https://docs.fireworks.ai/api-reference/introduction' },
  [
    {
      id: 'fireworks-api-key',
      title: 'Fireworks AI API key',
      definition: { anchors: ['fw_'], pattern: 'fw_[A-Za-z0-9]{24}' },
      validate: isDrawn,
      examples: ['fw_{{base62:24}}'],
      nonExamples: ['fw_{{base62:12}}', 'fw_firewall_rule_configuration', 'fw_abcdefghijklmnopqrstuvwx'],
    },
  ],
)
