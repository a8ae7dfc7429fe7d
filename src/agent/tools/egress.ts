import { namePatterns } from '../../access/policy/name-patterns.js'
import { ConfigError } from '../../errors.js'

/**
 * Which hosts may receive which secrets: from ids of rules or names of credentials (`*` is any run of characters) to hosts
 * (`api.github.com`, `*.example.com`, `*`). What no key names goes nowhere.
 */
export type Egress = Readonly<Record<string, readonly string[]>>

/** Asked for each secret that a tool would be given. */
export interface EgressRule {
  /** The first of `hosts` that may not have it. */
  refused(secret: string, hosts: readonly string[]): string | undefined
}

/** @throws ConfigError */
export function egressRule(egress: Egress | undefined): EgressRule {
  if (egress === undefined) return { refused: () => undefined }
  const isList = (hosts: unknown) => Array.isArray(hosts) && hosts.every((host) => typeof host === 'string')
  if (typeof egress !== 'object' || egress === null || !Object.values(egress).every(isList))
    throw new ConfigError('egress maps ids of rules (`*` for all) to lists of hosts.')
  const rules = Object.entries(egress).map(([secrets, hosts]) => ({
    secrets: namePatterns(secrets),
    hosts: namePatterns(hosts.map((host) => host.toLowerCase())),
  }))
  return {
    refused: (secret, hosts) => {
      const allowed = rules.filter((rule) => rule.secrets.matches(secret))
      return hosts.find((host) => !allowed.some((rule) => rule.hosts.matches(host)))
    },
  }
}

/** No host has this name, so no list allows it but `*`. */
const UNREADABLE = '?'
const SCHEME = /[a-z][a-z0-9+.-]*:[/\\]+[^\s"'<>`]*/gi
/** Arguments that say where to, also without a scheme. */
const PLACE_NAME = /(?:^|[_-])(?:url|uri|link|host|hostname|domain|server|endpoint|origin|address|target|to)s?$/i
const CAMEL = /([a-z0-9])([A-Z])/g

/** Every host that arguments name: in a URL anywhere, or bare under a name such as `host`. Claim URLs name none. */
export function hostsIn(args: unknown): readonly string[] {
  const hosts = new Set<string>()
  visit(args, '', hosts, new Set())
  return [...hosts]
}

function visit(value: unknown, name: string, hosts: Set<string>, seen: Set<object>): void {
  if (typeof value === 'string') {
    for (const [url] of value.matchAll(SCHEME)) add(url, hosts)
    const isPlace = PLACE_NAME.test(name.replace(CAMEL, '$1_$2'))
    if (
      isPlace &&
      value.trim() !== '' &&
      !/^[a-z][a-z0-9+.-]*:[/\\]/i.test(value.trim()) &&
      /[.:\]]|^localhost\b/i.test(value)
    )
      add(`https://${value.trim().replace(/^[/\\]+/, '')}`, hosts)
    return
  }
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof URL) add(value.href, hosts)
  else if (Array.isArray(value)) for (const item of value) visit(item, name, hosts, seen)
  else for (const [key, item] of Object.entries(value)) visit(item, key, hosts, seen)
}

function add(url: string, hosts: Set<string>): void {
  if (/^claim(?:-text)*:/i.test(url)) return
  try {
    const { hostname } = new URL(url)
    if (hostname !== '') hosts.add(hostname.toLowerCase().replace(/\.$/, ''))
  } catch {
    hosts.add(UNREADABLE)
  }
}
