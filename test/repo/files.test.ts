import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDetector } from '../../src/detect-entry.js'

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))
const textFiles = tracked.filter((file) =>
  /\.(?:ts|cts|mts|js|mjs|cjs|json|md|ya?ml|sh)$|(?:^|\/)(?:run|\.npmrc)$/.test(file),
)

/** No credential repeats a few characters; a test of the scanner's speed does. */
const MIN_DISTINCT = 12

describe('the repository', () => {
  it('holds no secret, also no fake one: push protection fires on both', () => {
    const detector = createDetector()
    const found = textFiles.flatMap((file) => {
      const text = readFileSync(file, 'utf8')
      return detector
        .scanText(text)
        .filter(
          ({ ruleId, confidence }) => ruleId !== 'named-field' && (confidence === 'certain' || confidence === 'high'),
        )
        .filter(({ start, end }) => new Set(text.slice(start, end)).size >= MIN_DISTINCT)
        .map(({ ruleId, start }) => `${file}: ${ruleId} at ${start}`)
    })
    expect(found).toEqual([])
  })

  it('holds no local state: databases, keys, logs', () => {
    expect(tracked.filter((file) => /(?:^|\/)\.env|\.(?:db|db-wal|db-shm|pem|key|log|tgz)$/.test(file))).toEqual([])
  })

  it('locks no dependency to a host', () => {
    const lock = readFileSync('package-lock.json', 'utf8')
    expect(lock).not.toContain('"resolved": "http')
  })

  it('has no dead link in its Markdown', () => {
    const dead = tracked
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)]
          .filter(([, target]) => !existsSync(path.join(path.dirname(file), target!)))
          .map(([, target]) => `${file}: ${target}`),
      )
    expect(dead).toEqual([])
  })

  it('keeps its README to 250 lines', () => {
    expect(readFileSync('README.md', 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(250)
  })
})
