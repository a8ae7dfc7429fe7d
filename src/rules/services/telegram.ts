import { defineRules } from '../define.js'

export const telegram = defineRules({ provider: 'Telegram', link: 'https://core.telegram.org/bots/api' }, [
  {
    id: 'telegram-bot-token',
    title: 'Telegram bot token',
    definition: {
      anchors: [':AA'],
      pattern: '(?<!\\d)\\d{8,10}:AA[A-Za-z0-9_-]{32,33}',
      before: 10,
      leftBoundary: 'none',
    },
    examples: ['{{digits:10}}:AA{{base64url:33}}'],
    nonExamples: ['{{digits:10}}:AA{{base62:8}}'],
  },
])
