import { AppError } from '../../common/errors'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

const page = 10_000

export async function run(input: CommandInput): Promise<void> {
  const sha256 = input.text('file')
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
    throw new AppError('usage', '--file takes the SHA-256 of a file.')
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const all = []
    for (let offset = 0; ; offset += page) {
      const part = await client.call('import.rejects', {
        offset,
        limit: page,
        ...(sha256 === undefined ? {} : { sha256 }),
      })
      all.push(...part.rejects)
      if (all.length >= part.total || part.rejects.length === 0) break
    }
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
