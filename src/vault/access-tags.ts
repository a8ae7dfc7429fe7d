import type { Principal } from '../access/principal.js'
import type { NamingKeys, Scope } from './naming-keys.js'

/** Standing revocations that stop every access of a principal in a thread: its thread's, its tenant's, its own. */
export interface AccessTags {
  readonly thread: string
  readonly tenant: string
  /** Of `sub`, and of `act` where there is one. */
  readonly subjects: readonly string[]
  readonly all: readonly string[]
}

export function accessTags(naming: NamingKeys, scope: Scope, { sub, act }: Principal): AccessTags {
  const thread = naming.threadRevocation(scope)
  const tenant = naming.tenantRevocation(scope.tenant)
  const subjects = [sub, ...(act === undefined ? [] : [act])].map((subject) =>
    naming.subjectRevocation(scope.tenant, subject),
  )
  return { thread, tenant, subjects, all: [thread, tenant, ...subjects] }
}
