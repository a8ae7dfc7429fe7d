import { hasDigit } from '../checks.js'
import { defineRules } from '../define.js'

export const polar = defineRules({ provider: 'Polar', link: 'https://polar.sh/docs/integrate/oat' }, [
  {
    id: 'polar-token',
    title: 'Polar access token, refresh token or secret',
    definition: {
      anchors: ['polar_oat_', 'polar_pat_', 'polar_at_', 'polar_rt_', 'polar_cs_', 'polar_whs_', 'polar_cst_'],
      pattern: 'polar_(?:oat|pat|at_[a-z]|rt_[a-z]|cs|whs|cst)_[A-Za-z0-9]{32,64}',
    },
    validate: hasDigit,
    examples: ['polar_oat_{{base62:43}}', 'polar_at_u_{{base62:43}}', 'polar_whs_{{base62:43}}'],
    nonExamples: ['polar_ci_{{base62:43}}'],
  },
])
