import { defineRules } from '../define.js'

export const atlassian = defineRules(
  {
    provider: 'Atlassian',
    link: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  },
  [
    {
      id: 'atlassian-api-token',
      title: 'Atlassian API token',
      definition: { anchors: ['ATATT3', 'ATCTT3', 'ATSTT3'], pattern: 'AT[ACS]TT3[A-Za-z0-9_-]{50,300}=[0-9A-F]{8}' },
      examples: ['ATATT3xFfGF0{{base64url:170}}={{upper16:8}}'],
      nonExamples: [],
    },
    {
      id: 'bitbucket-app-password',
      title: 'Bitbucket app password',
      definition: { anchors: ['ATBB'], pattern: 'ATBB[A-Za-z0-9]{32}' },
      examples: ['ATBB{{base62:32}}'],
      nonExamples: [],
    },
  ],
)
