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
    hosts: namePatterns(hosts.map(hostPattern)),
  }))
  return {
    refused: (secret, hosts) => {
      const allowed = rules.filter((rule) => rule.secrets.matches(secret))
      return hosts.find((host) => !allowed.some((rule) => rule.hosts.matches(host)))
    },
  }
}

/** As a URL's own host is written: in lower case, international names in ASCII. @throws ConfigError */
function hostPattern(host: string): string {
  const at = `https://${host}/`
  if (host === '' || /[\s/\\?#@%]|:\d*$/.test(host.replace(/^\[.*\]$/, '')) || !URL.canParse(at))
    throw new ConfigError(`egress lists hosts alone, without scheme, port or path; not ${JSON.stringify(host)}.`)
  return new URL(at).hostname
}

/** No host has this name, so no list allows it but `*`. */
const UNREADABLE = '?'
const BEGINS = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:[/\\]+|(?:https?|wss?|ftp):/gi
/** A quote may stand in a host; one that ends a URL is followed by something else. */
const WHERE = /[a-z][a-z0-9+.-]*:(?:[^\s"'<>`]|["'`](?=[\w.-]))*/iy
/** A host ends well before that. */
const MAX_URL_CHARS = 2048
/** As often as something may be percent-encoded once more. */
const MAX_LAYERS = 4
const HAS_SCHEME = /^(?:[a-z][a-z0-9+.-]*:[/\\]|(?:https?|wss?|ftp):)/i
/** Arguments that say where to, whatever they hold. */
const HOST_NAME = /(?:^|[_-])(?:url|uri|host|hostname|domain|server|endpoint)s?$/i
/** Arguments that may. */
const PLACE_NAME = /(?:^|[_-])(?:link|origin|address|target|to)s?$/i
const CAMEL = /([a-z0-9])([A-Z])/g

/** Every host that arguments name: in a URL anywhere, or bare under a name such as `host`. Claim URLs name none. */
export function hostsIn(args: unknown): readonly string[] {
  const hosts = new Set<string>()
  visit(args, '', hosts, new Set())
  return [...hosts]
}

function visit(value: unknown, name: string, hosts: Set<string>, seen: Set<object>): void {
  if (typeof value === 'string') visitText(value, name.replace(CAMEL, '$1_$2'), hosts, seen)
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if (value instanceof URL) visitText(value.href, '', hosts, seen)
  for (const [key, item] of Object.entries(value)) {
    if (Array.isArray(value)) visit(item, name, hosts, seen)
    else {
      addUrls(key, hosts)
      visit(item, key, hosts, seen)
    }
  }
}

function visitText(text: string, name: string, hosts: Set<string>, seen: Set<object>): void {
  const json = parseJson(text)
  if (json !== undefined) {
    visit(json, name, hosts, seen)
    return
  }
  const bare = text.trim()
  // The text as a whole is read as a client reads it, which loses tabs and line breaks.
  if (HAS_SCHEME.test(bare)) {
    if (!/ /.test(bare)) add(bare, hosts)
  } else if (/^[/\\]{2}[^\s/\\]/.test(bare)) add(`https:${bare}`, hosts)
  else if (bare !== '' && (HOST_NAME.test(name) || (PLACE_NAME.test(name) && /[.:\]@\u3002\uff0e\uff61]/.test(bare))))
    addBare(bare, hosts)
  addUrls(text, hosts)
}

/** A path alone goes to the host that the tool knows. */
function addBare(bare: string, hosts: Set<string>): void {
  if (!/^[/\\?#]/.test(bare) && !isClaim(bare)) add(`https://${bare}`, hosts)
}

/** Those within others, too: an open redirect goes there. */
function addUrls(text: string, hosts: Set<string>): void {
  for (let layer = text, layers = 0; ; layers++) {
    for (const { index } of layer.matchAll(BEGINS)) {
      WHERE.lastIndex = index
      add(WHERE.exec(layer.slice(0, index + MAX_URL_CHARS))![0], hosts)
    }
    const decoded = layer.replace(/%(?:3a|2f|25|40)/gi, decodeURIComponent)
    if (decoded === layer) return
    if (layers === MAX_LAYERS) {
      hosts.add(UNREADABLE)
      return
    }
    layer = decoded
  }
}

const isClaim = (url: string): boolean => /^claim(?:-text)*:/i.test(url)

function add(url: string, hosts: Set<string>): void {
  if (isClaim(url)) return
  // Clients differ in whether a host ends there.
  if (url.includes('\\')) hosts.add(UNREADABLE)
  try {
    const { hostname } = new URL(url)
    if (hostname !== '') hosts.add(hostname.toLowerCase().replace(/\.$/, ''))
  } catch {
    hosts.add(UNREADABLE)
  }
}

/** Objects and lists. */
function parseJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}
