import { ConfigError } from '../../errors.js'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Over `https`, or to this machine. */
export const isPrivateTo = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))

/**
 * Keys come from there: whoever can answer in its place can make any token good.
 * @throws ConfigError unless it is `https`, or `http` on a loopback address, without a user or password.
 */
export function checkEndpoint(address: string | URL, what: string): URL {
  const url = URL.canParse(String(address)) ? new URL(address) : null
  if (url === null || !isPrivateTo(url) || url.username !== '' || url.password !== '') {
    throw new ConfigError(`${what} is an https address without a user or password; plain http only on loopback.`)
  }
  return url
}
