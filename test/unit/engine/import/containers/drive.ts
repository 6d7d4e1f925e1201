/** Walks a container held in memory, or a file where random access is needed, and gathers what it holds. */
import { open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { ZipFile } from 'yazl'
import type { ContainerFault } from '../../../../../src/engine/import/containers/member'
import { walk } from '../../../../../src/engine/import/containers/walk'

export interface Walked {
  readonly members: readonly (readonly [name: string | null, content: Buffer])[]
  readonly faults: readonly ContainerFault[]
  readonly skipped: readonly string[]
}

/** `cuts`: where the bytes are cut into chunks. */
export async function walked(bytes: Buffer, cuts: readonly number[] = []): Promise<Walked> {
  const members: [string | null, Buffer][] = []
  const faults: ContainerFault[] = []
  const skipped: string[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let from = 0
    for (const to of [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)) {
      if (to > from) yield bytes.subarray(from, to)
      from = Math.max(from, to)
    }
    if (from < bytes.length) yield bytes.subarray(from)
  }
  const path = join(tmpdir(), `crosstrail-walk-${process.pid}-${Math.random().toString(36).slice(2)}`)
  await writeFile(path, bytes)
  const file = await open(path, 'r')
  try {
    await walk(
      { name: null, chunks: chunks() },
      {
        onMember: async ({ name, chunks: content }) => {
          const parts: Uint8Array[] = []
          for await (const part of content) parts.push(part)
          members.push([name, Buffer.concat(parts)])
        },
        onFault: (fault) => faults.push(fault),
        onSkipped: (name) => skipped.push(name),
      },
      file.fd,
    )
  } finally {
    await file.close()
    await rm(path)
  }
  return { members, faults, skipped }
}

export async function zipOf(
  members: readonly (readonly [name: string, content: Uint8Array])[],
  compress = true,
): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of members) zip.addBuffer(Buffer.from(content), name, { compress })
  zip.end()
  return buffer(zip.outputStream)
}

/** As a program writes that cannot go back: sizes stand behind the data. */
export async function streamedZipOf(
  members: readonly (readonly [name: string, content: Uint8Array])[],
): Promise<Buffer> {
  const zip = new ZipFile()
  const { Readable } = await import('node:stream')
  for (const [name, content] of members) zip.addReadStream(Readable.from([Buffer.from(content)]), name)
  zip.end()
  return buffer(zip.outputStream)
}

export async function tarOf(members: readonly (readonly [name: string, content: Uint8Array])[]): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of members) tar.entry({ name }, Buffer.from(content))
  tar.finalize()
  return buffer(tar)
}
