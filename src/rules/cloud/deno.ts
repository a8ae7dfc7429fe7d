import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const deno = defineRules({ provider: 'Deno Deploy', link: 'https://docs.deno.com/deploy/api/' }, [
  {
    id: 'deno-deploy-token',
    title: 'Deno Deploy token',
    definition: { anchors: ['ddp_', 'ddo_', 'ddw_'], pattern: 'dd[pow]_[A-Za-z0-9]{36,40}' },
    validate: isDrawn,
    examples: ['ddp_{{base62:36}}', 'ddo_{{base62:36}}', 'ddw_{{base62:36}}'],
    nonExamples: ['ddp_short'],
  },
])
