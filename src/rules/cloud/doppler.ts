import { defineRules } from '../define.js'

export const doppler = defineRules(
  { provider: 'Doppler', link: 'https://docs.doppler.com/reference/auth-token-formats' },
  [
    {
      id: 'doppler-token',
      title: 'Doppler token',
      definition: {
        anchors: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
        pattern: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
      },
      examples: ['dp.pt.{{base62:43}}', 'dp.st.prd.{{base62:43}}'],
      nonExamples: [],
    },
  ],
)
