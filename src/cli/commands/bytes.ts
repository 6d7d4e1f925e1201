/** The exact bytes of an event or of a place in a file: raw into a pipe or file, as a hex dump on a terminal. */
import { AppError } from '../../common/errors'
import { hexLine, hexRows } from '../../common/hexDump'
import { findOriginal } from '../../engine/evidence/original'
import { readMember } from '../../engine/evidence/readMember'
import { requireSource } from '../../engine/import/accounts'
import { getEvent } from '../../engine/query/events'
import { abortOnInterrupt, note, printJson, printLines, writeBytes } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

/** A record is at most so large; longer ranges are read in parts. */
const partBytes = 16 * 2 ** 20

interface Range {
  readonly sha256: string
  readonly member: string | null
  readonly offset: number
  readonly length: number
}

export async function run(input: CommandInput): Promise<void> {
  const [folder = '', eventId] = input.positionals
  const signal = abortOnInterrupt()
  await withCase(folder, async ({ session }) => {
    const { db, folder: root } = session()
    const range = eventId === undefined ? rangeOf(input) : (await getEvent(db, idOf(eventId), signal)).position
    await requireSource(db, range.sha256)
    const { path } = await findOriginal(root, range.sha256)
    const { member } = range
    for (let at = range.offset, end = range.offset + range.length; at < end; ) {
      const part = await readMember(path, { member, offset: at, length: Math.min(partBytes, end - at) }, signal)
      if (part.bytes.length === 0) return note('The file ends before these bytes.')
      if (input.json)
        await printJson({
          sha256: range.sha256,
          member,
          offset: at,
          length: part.bytes.length,
          base64: part.bytes.toString('base64'),
        })
      else if (input.flag('hex') || process.stdout.isTTY) await printLines(hexRows(part.bytes, at).map(hexLine))
      else await writeBytes(part.bytes)
      at += part.bytes.length
      if (part.atEnd) return
    }
  })
}

function idOf(text: string): string {
  if (!/^\d{1,20}$/.test(text)) throw new AppError('usage', 'An event is named by its event_id, a whole number.')
  return text
}

function rangeOf(input: CommandInput): Range {
  const sha256 = input.text('file')
  if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256))
    throw new AppError('usage', 'Name an event, or a file by --file SHA256 with --offset and --length.')
  return {
    sha256,
    member: input.text('member') ?? null,
    offset: input.number('offset') ?? 0,
    length: input.number('length', 1) ?? 4_096,
  }
}
