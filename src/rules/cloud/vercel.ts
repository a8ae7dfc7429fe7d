import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const vercel = defineRules({ provider: 'Vercel', link: 'https://vercel.com/docs/rest-api' }, [
  {
    id: 'vercel-token',
    title: 'Vercel token',
    definition: { anchors: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], pattern: 'vc[piark]_[A-Za-z0-9]{56}' },
    examples: ['vcp_{{base62:56}}', 'vck_{{base62:56}}', 'vca_{{base62:56}}', 'vci_{{base62:56}}', 'vcr_{{base62:56}}'],
    nonExamples: ['vcp_{{base62:20}}'],
  },
  {
    id: 'vercel-legacy-token',
    title: 'Vercel token (before the prefix)',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9]{24}' },
    context: {
      keys: ['verceltoken', 'vercelapitoken'],
      near: ['vercel token', 'vercel_token', 'vercel_api_token', 'vercel api token', 'verceltoken', 'vercelapitoken'],
    },
    validate: isDrawn,
    examples: ['{{base62:24}}'],
    nonExamples: ['{{hex:24}}'],
  },
  {
    id: 'vercel-blob-token',
    title: 'Vercel Blob read-write token',
    definition: { anchors: ['vercel_blob_rw_'], pattern: 'vercel_blob_rw_[A-Za-z0-9]{12,20}_[A-Za-z0-9]{24,64}' },
    examples: ['vercel_blob_rw_{{base62:16}}_{{base62:30}}'],
    nonExamples: ['vercel_blob_rw_token'],
  },
])
