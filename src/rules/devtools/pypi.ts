import { defineRules } from '../define.js'

export const pypi = defineRules({ provider: 'PyPI', link: 'https://pypi.org/help/' }, [
  {
    id: 'pypi-upload-token',
    title: 'PyPI API token',
    definition: { anchors: ['pypi-AgEIcHlwaS5vcmc'], pattern: 'pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}' },
    examples: ['pypi-AgEIcHlwaS5vcmc{{base64url:150}}'],
    nonExamples: [],
  },
])
