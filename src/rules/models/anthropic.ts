import { defineRules } from '../define.js'

export const anthropic = defineRules(
  { provider: 'Anthropic', link: 'https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key' },
  [
    {
      id: 'anthropic-api-key',
      title: 'Anthropic API key',
      severity: 'critical',
      definition: { anchors: ['sk-ant-api'], pattern: 'sk-ant-api\\d{2}-[A-Za-z0-9_-]{60,120}' },
      examples: ['sk-ant-api03-{{base64url:93}}AA'],
      nonExamples: ['sk-ant-api03-your-key-here'],
    },
    {
      id: 'anthropic-admin-key',
      title: 'Anthropic Admin API key',
      severity: 'critical',
      definition: { anchors: ['sk-ant-admin'], pattern: 'sk-ant-admin\\d{2}-[A-Za-z0-9_-]{60,120}' },
      examples: ['sk-ant-admin01-{{base64url:93}}AA'],
      nonExamples: ['sk-ant-admin01-...'],
    },
    {
      id: 'anthropic-oauth-token',
      title: 'Anthropic OAuth access or refresh token (Claude Code)',
      severity: 'critical',
      definition: { anchors: ['sk-ant-oat', 'sk-ant-ort'], pattern: 'sk-ant-o[ar]t\\d{2}-[A-Za-z0-9_-]{60,120}' },
      examples: ['sk-ant-oat01-{{base64url:93}}AA', 'sk-ant-ort01-{{base64url:93}}AA'],
      nonExamples: [],
    },
    {
      id: 'anthropic-session-key',
      title: 'Claude session cookie',
      severity: 'critical',
      definition: { anchors: ['sk-ant-sid'], pattern: 'sk-ant-sid\\d{2}-[A-Za-z0-9_-]{60,140}' },
      examples: ['sk-ant-sid01-{{base64url:86}}-{{base64url:6}}AA'],
      nonExamples: [],
    },
  ],
)
