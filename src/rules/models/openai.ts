import { defineRules } from '../define.js'

const link = 'https://platform.openai.com/docs/api-reference/authentication'

export const openai = defineRules({ provider: 'OpenAI', link }, [
  {
    severity: 'critical',
    id: 'openai-api-key',
    title: 'OpenAI API key (project, service account, admin)',
    confidence: 'high',
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
    severity: 'critical',
    id: 'openai-legacy-api-key',
    title: 'OpenAI API key (user, before projects)',
    confidence: 'high',
    definition: { anchors: ['sk-'], pattern: 'sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}' },
    validate: () => 'certain',
    examples: ['sk-{{base62:20}}T3BlbkFJ{{base62:20}}'],
    nonExamples: ['sk-{{base62:12}}', 'task-{{base62:40}}'],
  },
])
