import { hostname, userInfo } from 'node:os'

/** The operating system's user on this host, such as `deploy@worker-3`. */
export function processUser(): string {
  return `${userName()}@${hostname()}`
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a uid that has no passwd entry.
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}
