import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The package as it would be published. */
    tarball: string
  }
}

export const REPO = path.resolve(import.meta.dirname, '../..')

/** Builds and packs once for all consumers: two builds at once would empty each other's `dist`. */
export default function setup(project: TestProject): () => void {
  const directory = mkdtempSync(path.join(tmpdir(), 'secret-safe-pack-'))
  execFileSync('npm', ['pack', '--pack-destination', directory], { cwd: REPO, stdio: 'pipe' })
  const { name, version } = JSON.parse(readFileSync(path.join(REPO, 'package.json'), 'utf8')) as Record<string, string>
  project.provide('tarball', path.join(directory, `${name}-${version}.tgz`))
  return () => rmSync(directory, { recursive: true, force: true })
}
