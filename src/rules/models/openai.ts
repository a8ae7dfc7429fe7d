import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const openai = defineRules(
  { provider: 'OpenAI', link: 'https://platform.openai.com/docs/api-reference/authentication' },
  [
    {
      id: 'openai-api-key',
      title: 'OpenAI API key (project, service account, admin)',
      severity: 'critical',
      definition: {
        anchors: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'],
        pattern: 'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{32,200}',
      },
      validate: (secret) => (/[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}$/.test(secret) ? 'certain' : true),
      examples: [
        'sk-proj-{{base64url:74}}T3BlbkFJ{{base64url:74}}',
        'sk-svcacct-{{base64url:58}}T3BlbkFJ{{base64url:58}}',
        'sk-admin-{{base64url:58}}T3BlbkFJ{{base64url:58}}',
        'sk-proj-{{base62:48}}',
      ],
      nonExamples: ['sk-proj-your-project-key', 'sk-proj-'],
    },
    {
      id: 'openai-legacy-api-key',
      title: 'OpenAI API key (user, before projects)',
      severity: 'critical',
      definition: { anchors: ['sk-'], pattern: 'sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}' },
      validate: () => 'certain',
      examples: ['sk-{{base62:20}}T3BlbkFJ{{base62:20}}'],
      nonExamples: ['sk-{{base62:12}}', 'task-{{base62:40}}'],
    },
    {
      id: 'openai-session-key',
      title: 'OpenAI dashboard session key',
      definition: { anchors: ['sess-'], pattern: 'sess-[A-Za-z0-9]{40}' },
      validate: isDrawn,
      examples: ['sess-{{base62:40}}'],
      nonExamples: ['sess-{{hex:40}}', 'sess-{{uuid}}'],
    },
    {
      id: 'openai-realtime-client-secret',
      title: 'OpenAI Realtime client secret (ephemeral)',
      severity: 'medium',
      definition: { anchors: ['ek_'], pattern: 'ek_[0-9a-f]{32}' },
      examples: ['ek_{{hex:32}}'],
      nonExamples: ['ek_{{hex:16}}'],
    },
  ],
)
