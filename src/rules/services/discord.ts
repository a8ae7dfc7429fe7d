import { isScattered } from '../checks.js'
import { secretOf } from '../context.js'
import { defineRules } from '../define.js'

/** The digits of an id, three at a time, in base64: each place allows few characters. */
const SNOWFLAKE = '(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5,6}(?:[MNO](?:[AQgw]|[DTjz][AEIMQUYcgk]))?'
const SNOWFLAKE_STARTS = ['MT', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT'].flatMap((start) =>
  [...'AEIMQUYcgk'].map((second) => start + second),
)

export const discord = defineRules({ provider: 'Discord', link: 'https://discord.com/developers/docs/reference' }, [
  {
    id: 'discord-webhook-url',
    title: 'Discord webhook URL',
    definition: {
      anchors: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
      pattern:
        '(?:https://(?:(?:ptb|canary)\\.)?)?discord(?:app)?\\.com/api/(?:v\\d{1,2}/)?webhooks/\\d{17,20}/[A-Za-z0-9_-]{60,80}',
      before: 15,
      leftBoundary: 'none',
    },
    examples: ['https://discord.com/api/webhooks/{{digits:19}}/{{base64url:68}}'],
    nonExamples: ['https://discord.com/api/webhooks/{{digits:19}}'],
  },
  {
    id: 'discord-bot-token',
    title: "Discord bot token: the bot's id in base64, a time stamp, a signature",
    definition: { anchors: SNOWFLAKE_STARTS, pattern: `${SNOWFLAKE}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}` },
    examples: ['{{token:discord-bot}}'],
    nonExamples: ['MT{{base62:22}}.{{base62:6}}.{{base62:38}}'],
  },
  {
    id: 'discord-client-secret',
    title: 'Discord client secret',
    confidence: 'medium',
    definition: { anchors: [], pattern: '[A-Za-z0-9_-]{32}' },
    context: secretOf(['discord']),
    validate: isScattered,
    examples: ['{{base64url:32}}'],
    nonExamples: ['{{hex:32}}'],
  },
  {
    id: 'discord-user-token',
    title: 'Discord token of a user with two-factor authentication',
    definition: { anchors: ['mfa.'], pattern: 'mfa\\.[A-Za-z0-9_-]{80,95}' },
    validate: isScattered,
    examples: ['mfa.{{base64url:84}}'],
    nonExamples: ['mfa.enabled', 'mfa.{{hex:84}}'],
  },
])
