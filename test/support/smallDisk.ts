/** A small file system of its own, where this machine lets us make one. */
import { spawnSync } from 'node:child_process'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface SmallDisk {
  readonly path: string
  /** Fills it until only so many bytes are left. */
  fill(leftBytes: number): Promise<void>
  free(): Promise<void>
  /** Makes it so large; what is on it stays. */
  resize(mebibytes: number): void
  readOnly(is: boolean): void
  remove(): void
}

export const smallDiskNotice = 'this needs the right to mount a file system'

/** Undefined where it cannot be mounted. */
export async function smallDisk(path: string, mebibytes: number): Promise<SmallDisk | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  await mkdir(path, { recursive: true })
  const mount = (...words: string[]) => spawnSync('mount', [...words]).status === 0
  if (!mount('-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path)) return undefined
  const remount = (options: string) => {
    if (!mount('-o', `remount,${options}`, path)) throw new Error(`cannot remount with ${options}`)
  }
  const filler = join(path, 'filler')
  return {
    path,
    async fill(leftBytes) {
      const { bavail, bsize } = await statfs(path)
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)))
    },
    free: () => rm(filler, { force: true }),
    resize: (size) => remount(`size=${size}m`),
    readOnly: (is) => remount(is ? 'ro' : 'rw'),
    remove: () => {
      spawnSync('umount', [path])
    },
  }
}
