import { DependencyError, foreignCode } from './errors.js'

/**
 * For the `catch` of a dynamic import of an optional peer, so that a bundler sees a literal `import()` that may fail:
 * `await import('pg').catch(missingPeer('A PostgreSQL vault needs the package pg', 'npm install pg'))`.
 * @param need what needs which package. @param remedy the command that installs it.
 * @throws DependencyError from the handler, always.
 */
export function missingPeer(need: string, remedy: string): (error: unknown) => never {
  return (error) => {
    throw new DependencyError(`${need}, and it could not be loaded. Run: ${remedy}`, { cause: foreignCode(error) })
  }
}
