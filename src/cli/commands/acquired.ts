import { AppError } from '../../common/errors'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

const fields = ['by', 'at', 'how', 'tool', 'system', 'text'] as const

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = '', ...words] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      if (verb === 'list' && words.length === 0) {
        const said = await client.call('custody.acquisitions', {})
        if (input.json) return printJson(said)
        return printLines(table(said.map((item) => [item.name, ...fields.map((field) => item[field]), item.author])))
      }
      if (verb !== 'add' || words.length === 0)
        throw new AppError(
          'usage',
          'Say: acquired CASE add FILE… with --by, --at, --how, --tool, --system or --text; or: list.',
        )
      const accounts = await client.call('import.sources', {})
      const files = words.map((word) => {
        const found = accounts.filter(({ name, sha256 }) => name === word || sha256 === word)
        const [one] = found
        if (one === undefined) throw new AppError('not-found', `There is no file “${word}” in the case.`)
        if (found.length > 1)
          throw new AppError('usage', `There are ${found.length} files “${word}”; name it by its SHA-256.`)
        return one.sha256
      })
      const acquisition = Object.fromEntries(fields.map((field) => [field, input.text(field) ?? '']))
      const result = await client.call('custody.acquired', { files, acquisition })
      await (input.json ? printJson(result) : printLines([`Noted for ${result.files} files.`]))
    },
    { actor: input.text('actor') },
  )
}
