import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const modal = defineRules({ provider: 'Modal', link: 'https://modal.com/docs/reference/modal.config' }, [
  {
    id: 'modal-token',
    title: 'Modal token secret or id',
    definition: { anchors: ['as-', 'ak-'], pattern: 'a[sk]-[A-Za-z0-9]{22}' },
    context: {
      keys: ['modaltoken', 'modalsecret'],
      near: ['modal_token', 'modal token', 'modal_key', 'modal_secret', 'modaltoken', 'modalsecret'],
      window: 96,
    },
    validate: isDrawn,
    examples: [
      'MODAL_TOKEN_SECRET=<<as-{{base62:22}}>>',
      'modal token set --token-id ak-{{base62:22}} --token-secret <<as-{{base62:22}}>>',
    ],
    nonExamples: ['as-{{base62:22}}', 'as-soon-as-possible'],
  },
  {
    id: 'modal-proxy-auth-token',
    title: 'Modal proxy auth secret or workspace key',
    definition: { anchors: ['ws-', 'wk-'], pattern: 'w[sk]-[A-Za-z0-9]{22}' },
    context: {
      keys: ['modalsecret', 'modalkey'],
      near: ['modal-secret', 'modal-key', 'modal_secret', 'modal proxy', 'modalsecret', 'modalkey'],
      window: 96,
    },
    validate: isDrawn,
    examples: ['Modal-Secret: <<ws-{{base62:22}}>>'],
    nonExamples: ['ws-{{base62:22}}'],
  },
])
