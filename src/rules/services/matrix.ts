import { defineRules } from '../define.js'

export const matrix = defineRules(
  { provider: 'Matrix', link: 'https://element-hq.github.io/matrix-authentication-service/' },
  [
    {
      id: 'matrix-access-token',
      title: 'Matrix access or refresh token (Synapse, Matrix Authentication Service)',
      definition: {
        anchors: ['syt_', 'syr_', 'mat_', 'mar_', 'mct_'],
        pattern:
          'sy[tr]_[A-Za-z0-9+/_-]{1,200}_[A-Za-z]{20}_[A-Za-z0-9]{6}|ma[tr]_[A-Za-z0-9]{30}_[A-Za-z0-9]{6}|mct_[A-Za-z0-9]{30}_[A-Za-z0-9]{6}',
      },
      examples: ['syt_{{base62:8}}_QzvXpRtYwBnMkLsDfGhJ_{{base62:6}}', 'mat_{{base62:30}}_{{base62:6}}'],
      nonExamples: ['syt_{{base62:8}}', 'mat_transpose_inverse'],
    },
  ],
)
