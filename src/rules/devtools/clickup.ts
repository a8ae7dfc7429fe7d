import { defineRules } from '../define.js'

export const clickup = defineRules({ provider: 'ClickUp', link: 'https://developer.clickup.com/docs/authentication' }, [
  {
    id: 'clickup-token',
    title: 'ClickUp personal API token',
    definition: { anchors: ['pk_'], pattern: 'pk_\\d{5,12}_[A-Z0-9]{32}' },
    examples: ['pk_{{digits:8}}_{{upper36:32}}'],
    nonExamples: ['pk_live_{{base62:24}}'],
  },
])
