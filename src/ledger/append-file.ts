import { open } from 'node:fs/promises'
import path from 'node:path'
import { ConfigError, foreignCode } from '../errors.js'

const NEWLINE = 0x0a

/**
 * Appends lines to a file of mode 0600 and waits until they are on disk. What an earlier crash left half written gets a
 * line of its own.
 * @throws ConfigError when the file cannot be written.
 */
export async function appendLines(file: string, lines: readonly string[]): Promise<void> {
  try {
    const handle = await open(file, 'a+', 0o600)
    try {
      const { size } = await handle.stat()
      const last = size === 0 ? undefined : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0]
      const text = lines.map((line) => `${line}\n`).join('')
      await handle.appendFile(last === undefined || last === NEWLINE ? text : `\n${text}`)
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = foreignCode(error)
    throw new ConfigError(`The file ${path.resolve(file)} could not be appended to (${code?.code ?? 'unknown'}).`, {
      cause: code,
    })
  }
}
