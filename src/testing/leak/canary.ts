import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * `token`: matched by a rule. `pem`: a private key over several lines. `opaque`: no pattern finds it; only a mark, a field
 * name, what stands around it or an earlier sighting does.
 */
export type CanaryKind = 'token' | 'pem' | 'opaque'

/** A secret made for one leak path; made at run time, so that no push protection fires on this file. */
export function createCanary(kind: CanaryKind): string {
  if (kind === 'pem')
    return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return kind === 'token' ? githubToken() : base62(28)
}

/** A GitHub token as GitHub makes them: 30 random characters and their CRC-32 in base62. */
function githubToken(): string {
  const body = base62(30)
  let rest = crc32(body)
  let checksum = ''
  for (let i = 0; i < 6; i++) {
    checksum = BASE62[rest % 62] + checksum
    rest = Math.floor(rest / 62)
  }
  return `ghp_${body}${checksum}`
}

function base62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 below 256: without the cut the first characters would come more often.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62]
    }
  }
  return text
}
