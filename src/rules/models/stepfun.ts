import { isDrawn } from '../checks.js'
import { credentialOf } from '../context.js'
import { defineRules } from '../define.js'

export const stepfun = defineRules(
  { provider: 'StepFun', link: 'https://platform.stepfun.com/docs/overview/quickstart' },
  [
    {
      id: 'stepfun-api-key',
      title: 'StepFun API key',
      confidence: 'high',
      definition: { anchors: [], pattern: '(?:[A-Za-z0-9]{60,70}|sk-[A-Za-z0-9]{48})' },
      context: credentialOf(['stepfun', 'step fun']),
      validate: isDrawn,
      examples: ['{{base62:65}}', 'sk-{{base62:48}}'],
      nonExamples: ['{{hex:60}}'],
    },
  ],
)
