import { defineRules } from '../define.js'

export const workato = defineRules({ provider: 'Workato', link: 'https://docs.workato.com/workato-api.html' }, [
  {
    id: 'workato-api-token',
    title: 'Workato API client token',
    definition: {
      anchors: ['wrkaus-', 'wrkeu-', 'wrksg-', 'wrkau-', 'wrkjp-', 'wrkprod-', 'wrkil-'],
      pattern:
        'wrk(?:aus|eu|sg|au|jp|il|prod)-(?:eyJ[A-Za-z0-9_-]{20,400}\\.[A-Za-z0-9_-]{20,800}\\.[A-Za-z0-9_-]{40,800}|[A-Za-z0-9]{40,100})',
      maxLength: 2048,
    },
    examples: ['wrkaus-{{jwt}}'],
    nonExamples: ['wrkaus-{{base62:8}}'],
  },
])
