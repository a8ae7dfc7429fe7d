import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { UnreadError } from './warnings.js'

const CHUNK_BYTES = 262_144

/**
 * A file's bytes in chunks. What is no regular file is not read: a pipe would wait for ever.
 * @param follows false where a symbolic link came in between: then it is not followed.
 * @throws UnreadError
 */
export async function* openFile(path: string, follows = true): AsyncGenerator<Uint8Array> {
  const handle = await opened(path, follows)
  try {
    if (!(await handle.stat()).isFile()) throw new UnreadError('not-a-file')
    for (;;) {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, null)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw error instanceof UnreadError ? error : new UnreadError('file-unreadable')
  } finally {
    await handle.close()
  }
}

async function opened(path: string, follows: boolean): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants
  try {
    return await open(path, O_RDONLY | O_NONBLOCK | (follows ? 0 : O_NOFOLLOW))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new UnreadError('file-vanished')
    if (code === 'ELOOP' || code === 'EMLINK')
      throw new UnreadError(follows ? 'file-unreadable' : 'symlink-not-followed')
    throw new UnreadError(code === 'ENXIO' ? 'not-a-file' : 'file-unreadable')
  }
}
