import { defineRules } from '../define.js'

export const discord = defineRules({ provider: 'Discord', link: 'https://discord.com/developers/docs/reference' }, [
  {
    id: 'discord-webhook-url',
    title: 'Discord webhook URL',
    definition: {
      anchors: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
      pattern: '(?:https://(?:(?:ptb|canary)\\.)?)?discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[A-Za-z0-9_-]{60,80}',
      before: 15,
      leftBoundary: 'none',
    },
    examples: ['https://discord.com/api/webhooks/{{digits:19}}/{{base64url:68}}'],
    nonExamples: [],
  },
  {
    id: 'discord-bot-token',
    title: 'Discord bot token',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}' },
    context: { keys: ['discord'], near: ['discord', 'bot token', 'authorization: bot'] },
    examples: ['M{{base62:25}}.{{base62:6}}.{{base64url:38}}'],
    nonExamples: [],
  },
])
