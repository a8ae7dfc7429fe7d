import { defineRules } from '../define.js'

export const netlify = defineRules({ provider: 'Netlify', link: 'https://docs.netlify.com/api/get-started/' }, [
  {
    id: 'netlify-token',
    title: 'Netlify personal access token',
    definition: { anchors: ['nfp_', 'nfo_', 'nfc_', 'nfu_', 'nfb_'], pattern: 'nf[pocub]_[A-Za-z0-9]{36,60}' },
    examples: ['nfp_{{base62:36}}'],
    nonExamples: [],
  },
])
