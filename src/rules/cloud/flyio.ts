import { isDrawn } from '../checks.js'
import { defineRules } from '../define.js'

export const flyio = defineRules({ provider: 'Fly.io', link: 'https://fly.io/docs/security/tokens/' }, [
  {
    id: 'flyio-token',
    title: 'Fly.io token',
    definition: {
      anchors: ['FlyV1 fm2_', 'fm2_lJPE', 'fm1r_', 'fm1a_'],
      pattern:
        '(?:FlyV1 )?(?:fm2|fm1[ar])_[A-Za-z0-9+/]{100,1500}={0,2}(?:,fm2_[A-Za-z0-9+/]{100,1500}={0,2})?(?:,fm2_[A-Za-z0-9+/]{100,1500}={0,2})?',
      maxLength: 8192,
    },
    examples: ['fm2_lJPE{{base62:300}}', 'fm1r_{{base62:200}}'],
    nonExamples: ['fm2_lJPE'],
  },
  {
    id: 'flyio-personal-access-token',
    title: 'Fly.io personal access token (before macaroons)',
    confidence: 'medium',
    definition: { anchors: ['fo1_'], pattern: 'fo1_[A-Za-z0-9_-]{43}' },
    validate: isDrawn,
    examples: ['fo1_{{base64url:43}}'],
    nonExamples: ['fo1_{{hex:43}}', 'fo1_short'],
  },
])
