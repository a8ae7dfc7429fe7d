import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const openshift = defineRules(
  {
    provider: 'OpenShift',
    link: 'https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/authentication_and_authorization/',
  },
  [
    {
      id: 'openshift-oauth-token',
      title: 'OpenShift OAuth token',
      definition: { anchors: ['sha256~'], pattern: 'sha256~[A-Za-z0-9_-]{43}' },
      validate: isDrawn,
      examples: ['sha256~{{base64url:43}}'],
      nonExamples: ['sha256~{{hex:16}}'],
    },
  ],
)
