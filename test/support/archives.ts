/** Archives in memory, made of named contents; names may repeat. */
import { spawnSync } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { ZipFile } from 'yazl'

export type Entries = readonly (readonly [name: string, content: string | Uint8Array])[]

export async function zipOf(entries: Entries): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of entries) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

export async function tarOf(entries: Entries): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of entries) tar.entry({ name }, Buffer.from(content))
  tar.finalize()
  return buffer(tar)
}

/** Undefined where this machine has no bzip2. */
export function bzip2Of(content: string): Buffer | undefined {
  const { status, stdout } = spawnSync('bzip2', ['-c'], { input: content, maxBuffer: 1 << 30 })
  return status === 0 ? stdout : undefined
}
