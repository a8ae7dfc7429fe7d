import { existsSync, realpathSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Check, fail, ok, warn } from '../check.js'

const OTHERS = 0o077
const SYNCED =
  /(?:^|[\\/])(?:Dropbox|OneDrive[^\\/]*|Google Drive|GoogleDrive|iCloud ?Drive|Mobile Documents|Nextcloud|Syncthing)(?:[\\/]|$)/i
/** `f_type` of Linux' statfs(2). */
const NETWORK: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4283649346: 'CIFS',
  4266872130: 'SMB',
  16914839: '9P',
}

/** Where a SQLite vault lies. Its lock and its write-ahead log need a local disk that nothing else writes to. */
export const place: Check = {
  id: 'vault-file',
  async run({ file }) {
    if (file === undefined) return []
    const found = [...modes(file), ...folder(file)]
    return found.length === 0 ? [ok('The vault file is for its owner alone, on a local disk.')] : found
  },
}

function modes(file: string) {
  if (process.platform === 'win32') return []
  return ['', '-wal', '-shm']
    .map((suffix) => file + suffix)
    .filter((name) => existsSync(name) && (statSync(name).mode & OTHERS) !== 0)
    .map((name) => fail(`Others may read ${path.resolve(name)}.`, `chmod 600 ${path.resolve(name)}`))
}

function folder(file: string) {
  const directory = path.dirname(realpathSync(file))
  const synced = SYNCED.test(directory)
  const network = process.platform === 'linux' ? NETWORK[statfsSync(directory).type] : undefined
  const advice = 'Move it to a local folder that nothing copies while it is open, or use PostgreSQL.'
  return [
    ...(synced
      ? [warn(`${directory} looks like a synchronized folder: a copy may be torn, or put back.`, advice)]
      : []),
    ...(network === undefined
      ? []
      : [fail(`${directory} is on ${network}, where SQLite's locks do not hold.`, advice)]),
  ]
}
