import { AppError } from '../../common/errors'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = '', name] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      if (verb === 'list') {
        const views = await client.call('views.list', {})
        if (input.json) return printJson(views)
        return printLines(
          table(views.map((one) => [one.name, one.filter, one.window === null ? '' : 'in a window', one.author])),
        )
      }
      if (name === undefined || (verb !== 'save' && verb !== 'delete'))
        throw new AppError('usage', 'A view is saved by NAME with --where, listed, or deleted by NAME.')
      if (verb === 'delete') {
        await client.call('views.delete', { name })
        return input.json ? printJson({ name }) : printLines([name])
      }
      const saved = await client.call('views.save', { name, filter: input.text('where') ?? '' })
      return input.json ? printJson(saved) : printLines([saved.name])
    },
    { actor: input.text('actor') },
  )
}
