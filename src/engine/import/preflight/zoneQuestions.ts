/** Looks into the beginning of files before they are imported, for what has to be asked about the zones of their times. */
import { throwIfAborted } from '../../../common/errors'
import type { ZoneQuestions } from '../../../contract/zones'
import { eachMember } from '../../evidence/eachMember'
import { formats } from '../../formats/registry'
import type { Format } from '../../formats/types'
import { readingsByAbbreviation } from '../../zone/abbreviations'
import type { Member } from '../containers/member'
import { enumerate, type FoundFile } from '../enumerate'
import { formatsFor } from '../mappings'
import { parseMember } from '../parseMember'
import type { ParseOptions } from '../protocol'
import type { MemberSink } from '../recordSink'
import { chooseFiles } from './choose'
import type { EarlierAnswers } from './earlierAnswers'
import { ZoneProbe } from './zoneProbe'

export interface ZoneQuestionOptions extends Pick<ParseOptions, 'format' | 'mappings'> {
  readonly paths: readonly string[]
  readonly earlier: EarlierAnswers
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly filesDone: number; readonly filesTotal: number }) => void
}

const maxFiles = 400
/** Unpacked bytes over all files; each has its share of them, within these bounds. */
const allBytes = 40 * 2 ** 20
const mostBytes = 2 ** 20
const leastBytes = 128 * 2 ** 10
/** An archive is looked into up to so many times the share of a file. */
const archiveShares = 4

/** Errors: `not-found`, `input.refused`, `cancelled`, `io.*` of the paths themselves; what a file is wrong with is left to the import. */
export async function zoneQuestions(options: ZoneQuestionOptions): Promise<ZoneQuestions> {
  const { paths, earlier, signal, onProgress } = options
  const { files } = await enumerate(paths)
  const chosen = chooseFiles(files, maxFiles)
  const tried = formatsFor(options, formats)
  const probe = new ZoneProbe()
  const share = Math.min(mostBytes, Math.max(leastBytes, Math.floor(allBytes / Math.max(1, chosen.length))))
  for (const [filesDone, file] of chosen.entries()) {
    throwIfAborted(signal)
    onProgress?.({ filesDone, filesTotal: chosen.length })
    probe.file(file.name)
    await lookInto(file, tried, probe, share, signal)
  }
  const titles = new Map(tried.map(({ id, title }) => [id, title]))
  return {
    unzoned: [...probe.unzoned].map(([format, noted]) => ({
      format,
      title: titles.get(format) ?? format,
      ...noted,
      fileNames: [...noted.fileNames],
      earlier: earlier.byFormat.get(format) ?? earlier.zone,
    })),
    abbreviations: [...probe.abbreviations].map(([name, noted]) => ({
      name,
      ...noted,
      fileNames: [...noted.fileNames],
      earlier: earlier.byName.get(name) ?? null,
      readings: [...(readingsByAbbreviation.get(name) ?? [])],
    })),
    lookedAt: chosen.length,
    files: files.length,
  }
}

async function lookInto(
  file: FoundFile,
  tried: readonly Format[],
  probe: ZoneProbe,
  share: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  let left = share * archiveShares
  try {
    await eachMember(file.path, signal, async (member, stop) => {
      const bytes = Math.min(share, left)
      left -= bytes
      await parseMember(
        beginning(member, bytes, (unused) => {
          left += unused
        }),
        {
          formats: tried,
          sink: probingSink(probe),
          limits: new Set(),
          sessionOptions: ({ id }) => ({ wallClock: probe.clock(id), memberName: member.name ?? file.name }),
          formatSeen() {},
        },
        async () => {
          // The window waits for an answer from this thread: others must get their turn.
          await new Promise<void>((resolve) => setImmediate(resolve))
          throwIfAborted(signal)
        },
      )
      if (left <= 0 || member.name === null) stop()
    })
  } catch (error) {
    throwIfAborted(signal)
    // What cannot be read is the import's to say, with its place and reason.
    void error
  }
}

function beginning(member: Member, bytes: number, onUnused: (bytes: number) => void): Member {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let left = bytes
    for await (const chunk of member.chunks) {
      yield chunk.subarray(0, left)
      left -= chunk.length
      if (left <= 0) return
    }
    onUnused(left)
  }
  return { name: member.name, chunks: chunks() }
}

function probingSink(probe: ZoneProbe): MemberSink {
  let next = 0
  return {
    nextRecordNo: () => next++,
    emit: (at) => probe.record(at.raw),
    skip: (at) => probe.record(at.raw),
    reject: (at) => probe.record(at.raw),
    foreign() {},
    end() {},
    accounted: 0,
  }
}
