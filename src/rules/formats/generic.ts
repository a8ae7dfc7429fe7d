import { hasDigit, isScattered } from '../checks.js'
import { defineRules } from '../define.js'

/** Dozens of model providers copied OpenAI's prefix without a published length. */
export const generic = defineRules(
  { provider: 'generic', link: 'https://platform.openai.com/docs/api-reference/authentication' },
  [
    {
      id: 'generic-sk-api-key',
      title: 'API key in the style of OpenAI (Kimi, Stability, Upstage and others)',
      confidence: 'medium',
      definition: { anchors: ['sk-'], pattern: 'sk-(?:[a-z0-9]{2,12}-)?(?:[a-z0-9]{2,12}-)?[A-Za-z0-9]{32,128}' },
      validate: hasDigit,
      examples: ['sk-{{base62:48}}', 'sk-helicone-{{base62:40}}'],
      nonExamples: ['sk-container-id-1', 'sk-{{base62:8}}'],
    },
    {
      id: 'generic-sk-scattered-key',
      title:
        'Secret key in the style of OpenAI or Stripe, of another alphabet or shorter (LiteLLM, Morph, Novita, Knock and others)',
      confidence: 'medium',
      definition: {
        anchors: ['sk-', 'sk_'],
        pattern: 'sk(?:-(?:[a-z0-9]{2,12}-)?[A-Za-z0-9_-]{20,128}|_(?:[a-z0-9]{2,12}_)?[A-Za-z0-9_-]{32,128})',
      },
      validate: isScattered,
      examples: [
        'sk-{{base62:22}}',
        'sk-{{base62:10}}-{{base62:10}}_{{base62:26}}',
        'sk_{{base62:43}}',
        'sk_prod_{{base64url:64}}',
      ],
      nonExamples: ['sk-fading-circle-12-of-a-spinner', 'sk_learn_pipeline_with_a_long_name_here', 'sk_{{hex:12}}'],
    },
  ],
)
