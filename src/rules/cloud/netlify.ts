import { defineRules } from '../define.js'

export const netlify = defineRules({ provider: 'Netlify', link: 'https://docs.netlify.com/api/get-started/' }, [
  {
    id: 'netlify-token',
    title: 'Netlify personal access token',
    definition: { anchors: ['nfp_', 'nfo_', 'nfc_', 'nfu_', 'nfb_'], pattern: 'nf[pocub]_[A-Za-z0-9]{36,60}' },
    examples: ['nfp_{{base62:36}}'],
    nonExamples: ['nfp_{{hex:12}}'],
  },
  {
    id: 'netlify-build-hook',
    title: 'Netlify build hook',
    severity: 'medium',
    definition: {
      anchors: ['api.netlify.com/build_hooks/'],
      pattern: 'api\\.netlify\\.com\\/build_hooks\\/(?<secret>[0-9a-f]{24})',
    },
    examples: ['https://api.netlify.com/build_hooks/<<{{hex:24}}>>'],
    nonExamples: ['https://api.netlify.com/build_hooks/id'],
  },
])
