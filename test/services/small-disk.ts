import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && isMountAllowed()

export interface SmallDisk {
  readonly folder: string
  /** Takes what is left, but for some bytes. */
  fill(leaveBytes?: number): void
  /** Gives it back. */
  free(): void
  dispose(): void
}

/** A disk of its own in memory, so that it can be full without harm to anybody; needs root. */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-disk-'))
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  const ballast = path.join(folder, 'ballast')
  return {
    folder,
    fill: (leaveBytes = 0) => {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, Number(bavail) * Number(bsize) - leaveBytes)))
    },
    free: () => rmSync(ballast, { force: true }),
    dispose: () => {
      execFileSync('/bin/umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isMountAllowed(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'secret-safe-disk-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('/bin/umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
