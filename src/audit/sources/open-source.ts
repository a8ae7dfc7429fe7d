import type { AuditSource, SourceSpec } from './source.js'

/** Drivers are loaded for the store that needs them. @throws StoreUnreadableError, DependencyError and what drivers throw. */
export async function openSource(spec: SourceSpec, stdin: NodeJS.ReadableStream = process.stdin): Promise<AuditSource> {
  switch (spec.type) {
    case 'postgres': {
      const { openPostgres } = await import('./postgres/postgres-source.js')
      return openPostgres(spec)
    }
    case 'sqlite': {
      const { openSqlite } = await import('./sqlite/sqlite-source.js')
      return openSqlite(spec)
    }
    default: {
      const { FileSource } = await import('./file/file-source.js')
      return new FileSource(spec, stdin)
    }
  }
}
