import { defineRules } from '../define.js'

export const gitlab = defineRules({ provider: 'GitLab', link: 'https://docs.gitlab.com/security/tokens/' }, [
  {
    id: 'gitlab-token',
    title: 'GitLab personal, project or group access token',
    definition: {
      anchors: [
        'glpat-',
        'gldt-',
        'glrt-',
        'glcbt-',
        'glsoat-',
        'glimt-',
        'glft-',
        'glagent-',
        'gloas-',
        'glptt-',
        'glffct-',
      ],
      pattern:
        'gl(?:pat|dt|rt|cbt|soat|imt|ft|agent|oas|ptt|ffct)-[A-Za-z0-9_-]{20,300}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9}|\\.[0-9a-z]{9})?',
    },
    examples: ['glpat-{{base62:20}}', 'gldt-{{base62:20}}', 'glptt-{{hex:40}}'],
    nonExamples: ['glpat-short'],
  },
  {
    id: 'gitlab-runner-registration-token',
    title: 'GitLab runner registration token',
    definition: { anchors: ['GR1348941'], pattern: 'GR1348941[A-Za-z0-9_-]{20}' },
    examples: ['GR1348941{{base62:20}}'],
    nonExamples: [],
  },
])
