import { defineRules } from '../define.js'

export const pypi = defineRules({ provider: 'PyPI', link: 'https://docs.pypi.org/api/secrets/' }, [
  {
    id: 'pypi-upload-token',
    title: 'PyPI API token',
    definition: {
      anchors: ['pypi-AgEIcHlwaS5vcmc'],
      pattern: 'pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}',
      maxLength: 1100,
    },
    examples: ['pypi-AgEIcHlwaS5vcmc{{base64url:150}}'],
    nonExamples: ['pypi-AgEIcHlwaS5vcmc'],
  },
  {
    id: 'testpypi-upload-token',
    title: 'TestPyPI API token',
    kind: 'test',
    severity: 'medium',
    definition: {
      anchors: ['pypi-AgENdGVzdC5weXBpLm9yZ'],
      pattern: 'pypi-AgENdGVzdC5weXBpLm9yZ[A-Za-z0-9_-]{50,1000}',
      maxLength: 1100,
    },
    examples: ['pypi-AgENdGVzdC5weXBpLm9yZw{{base64url:150}}'],
    nonExamples: ['pypi-AgENdGVzdC5weXBpLm9yZw'],
  },
])
