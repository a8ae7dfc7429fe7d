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
        'glrtr-',
        'glcbt-',
        'glsoat-',
        'glimt-',
        'glft-',
        'glagent-',
        'glwt-',
        'gloas-',
        'glptt-',
        'glffct-',
      ],
      pattern:
        '(?<!gl[a-z]{2,6}-)gl(?:pat|dt|rtr?|cbt|soat|imt|ft|agent|wt|oas|ptt|ffct)-[A-Za-z0-9_-]{20,160}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{9}|\\.[0-9a-z]{9})?',
      leftBoundary: 'word',
    },
    examples: [
      'glpat-{{base62:20}}',
      'glpat-{{base64url:27}}.01.{{lower36:9}}',
      'gldt-{{base62:20}}',
      'glptt-{{hex:40}}',
      'glcbt-64_{{base62:20}}',
      'acme-<<glpat-{{base62:20}}>>',
    ],
    nonExamples: ['glpat-short'],
  },
  {
    id: 'gitlab-runner-registration-token',
    title: 'GitLab runner registration token',
    definition: { anchors: ['GR1348941'], pattern: 'GR1348941[A-Za-z0-9_-]{20}' },
    examples: ['GR1348941{{base62:20}}'],
    nonExamples: ['GR1348941{{base62:8}}'],
  },
  {
    id: 'gitlab-session-cookie',
    title: 'GitLab session cookie',
    definition: { anchors: ['_gitlab_session='], pattern: '_gitlab_session=(?<secret>[0-9a-f]{32})' },
    examples: ['_gitlab_session=<<{{hex:32}}>>'],
    nonExamples: ['_gitlab_session={{hex:12}}'],
  },
])
