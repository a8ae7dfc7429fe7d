import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Vault files in folders that `dispose` removes. */
export function temporaryVaults(): { file(name?: string): string; dispose(): void } {
  const folders: string[] = []
  return {
    file: (name = 'vault.db') => {
      const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-sqlite-'))
      folders.push(folder)
      return path.join(folder, name)
    },
    dispose: () => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
    },
  }
}
