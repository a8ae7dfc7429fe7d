import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a module loads before it does anything: dynamic imports wait, types are gone. */
function loaded(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (file: string) => {
    if (files.has(file)) return
    files.add(file)
    const source = readFileSync(file, 'utf8')
    for (const [, typeOnly, target] of source.matchAll(
      /^(?:import|export) (type )?[^'\n;]*?(?:\n[^'\n]*)*?from '([^']+)'/gm,
    )) {
      if (typeOnly !== undefined) continue
      if (target!.startsWith('.')) visit(path.join(path.dirname(file), target!.replace(/\.js$/, '.ts')))
      else if (!target!.startsWith('node:')) packages.add(target!)
    }
  }
  visit(entry)
  return { files, packages }
}

describe('the start of check', () => {
  it.each(['src/cli/main.ts', 'src/cli/check.ts'])(
    '%s loads no vault, no driver and no parser that it may not need',
    (entry) => {
      const { files, packages } = loaded(entry)
      expect(files.size).toBeGreaterThan(5)
      // The shared configuration's policy section is checked by the policy's own pure modules.
      expect(
        [...files].filter((file) =>
          /^src\/(?:vault|saver|ledger|access\/(?:identity|process-user)|agent|audit\/(?:sources|engine|reports))\//.test(
            file,
          ),
        ),
      ).toEqual([])
      expect([...packages].filter((name) => name !== 'commander')).toEqual([])
    },
  )
})
