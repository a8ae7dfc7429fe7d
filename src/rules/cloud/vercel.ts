import { defineRules } from '../define.js'

export const vercel = defineRules({ provider: 'Vercel', link: 'https://vercel.com/docs/rest-api' }, [
  {
    id: 'vercel-token',
    title: 'Vercel token',
    definition: { anchors: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], pattern: 'vc[piark]_[A-Za-z0-9]{56}' },
    examples: ['vcp_{{base62:56}}', 'vck_{{base62:56}}'],
    nonExamples: [],
  },
])
