import { defineRules } from '../define.js'

export const snowflake = defineRules(
  { provider: 'Snowflake', link: 'https://docs.snowflake.com/en/developer-guide/sql-api/authenticating' },
  [
    {
      id: 'snowflake-session-token',
      title: 'Snowflake session token',
      definition: { anchors: ['ver:1-hint:'], pattern: 'ver:[1-9]-hint:\\d{1,20}-[A-Za-z0-9+/]{80,600}={0,2}' },
      examples: ['ver:1-hint:{{digits:12}}-{{base62:200}}=='],
      nonExamples: ['ver:1-hint:none'],
    },
  ],
)
