import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { readKeyFile } from '../../../seal/keys/key-file.js'
import { type Check, fail, ok, warn } from '../check.js'

const WORLD_WRITABLE = 0o002
const STICKY = 0o1000

/** Whoever reads the key file and the database reads everything. */
export const keyFile: Check = {
  id: 'key-file',
  async run({ env, file }) {
    const name = env.SECRET_SAFE_KEY_FILE?.trim()
    if (!name) {
      return env.SECRET_SAFE_KEY?.trim()
        ? [ok('The key comes from SECRET_SAFE_KEY; whoever may read the environment of this process has it.')]
        : [ok('No key file is in use.')]
    }
    // Opens the file and looks at its mode; throws with what to do.
    readKeyFile(name)
    const directory = path.dirname(path.resolve(name))
    const { mode } = statSync(directory)
    if (process.platform !== 'win32' && (mode & WORLD_WRITABLE) !== 0 && (mode & STICKY) === 0) {
      return [fail(`Everyone may write to ${directory}, and so replace the key in it.`, `chmod o-w ${directory}`)]
    }
    if (file !== undefined && path.dirname(path.resolve(file)) === directory) {
      const advice = 'Keep the key elsewhere, or take it out of what is backed up.'
      return [warn(`The key file lies in the folder of the vault: one copy of ${directory} holds both.`, advice)]
    }
    if (isInsideWorkTree(directory) && !isIgnored(directory)) {
      return [
        warn(`The key file lies in a git work tree, and ${directory} has no .gitignore.`, 'Keep keys out of git.'),
      ]
    }
    return [ok(`The key file is for its owner alone (mode ${(statSync(name).mode & 0o777).toString(8)}).`)]
  },
}

/** As `secret-safe keys init` leaves it. */
function isIgnored(directory: string): boolean {
  return existsSync(path.join(directory, '.gitignore'))
}

function isInsideWorkTree(directory: string): boolean {
  for (let at = directory; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return true
    if (path.dirname(at) === at) return false
  }
}
