import { csvLine } from '../../common/csv'
import { AppError } from '../../common/errors'
import { eachPage, rejectColumns, rejectLine } from '../../engine/evidence/rejectsFile'
import { abortOnInterrupt, printJson, printLines, table, write } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const sha256 = input.text('file')
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
    throw new AppError('usage', '--file takes the SHA-256 of a file.')
  const signal = abortOnInterrupt()
  await withCase(input.positionals[0] ?? '', async ({ session }) => {
    const pages = eachPage(session().db, sha256, signal)
    if (input.flag('csv')) {
      await write(csvLine(rejectColumns))
      for await (const rejects of pages) await write(rejects.map(rejectLine).join(''))
      return
    }
    const all = []
    for await (const rejects of pages) all.push(...rejects)
    if (input.json) return printJson(all)
    await printLines(
      table([
        ['file', 'member', 'line', 'offset', 'length', 'reason'],
        ...all.map((reject) => [
          reject.file,
          reject.member ?? '-',
          reject.line,
          reject.offset,
          reject.length,
          reject.reason,
        ]),
      ]),
    )
  })
}
