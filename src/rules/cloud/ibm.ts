import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const ibm = defineRules(
  { provider: 'IBM Cloud', link: 'https://cloud.ibm.com/docs/account?topic=account-userapikey' },
  [
    {
      id: 'ibm-cloud-api-key',
      title: 'IBM Cloud API key',
      confidence: 'medium',
      definition: { anchors: [], pattern: '[A-Za-z0-9_-]{44}' },
      context: credentialOf(['ibm', 'ibm cloud', 'ibmcloud', 'bluemix', 'watsonx']),
      validate: isDrawn,
      examples: ['{{base64url:44}}'],
      nonExamples: ['{{hex:44}}'],
    },
  ],
)
