import { hasUpperCrc32, isScattered } from '../checks.js'
import { defineRules } from '../define.js'

export const atlassian = defineRules(
  {
    provider: 'Atlassian',
    link: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  },
  [
    {
      id: 'atlassian-api-token',
      title: 'Atlassian API token, Bitbucket repository access token or service account key',
      definition: { anchors: ['ATATT3', 'ATCTT3', 'ATSTT3'], pattern: 'AT[ACS]TT3[A-Za-z0-9_=-]{50,400}=[0-9A-F]{8}' },
      validate: hasUpperCrc32,
      examples: [
        '{{token:atlassian}}',
        'ATATT3xFfGF0{{base64url:170}}={{upper16:8}}',
        'ATCTT3xFfGN0{{base64url:170}}={{upper16:8}}',
      ],
      nonExamples: ['ATATT3xFfGF0{{base64url:170}}'],
    },
    {
      id: 'bitbucket-app-password',
      title: 'Bitbucket app password',
      definition: { anchors: ['ATBB'], pattern: 'ATBB[A-Za-z0-9]{32}' },
      validate: isScattered,
      examples: ['ATBB{{base62:32}}'],
      nonExamples: ['ATBB{{base62:12}}'],
    },
  ],
)
