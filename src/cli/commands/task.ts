import { AppError } from '../../common/errors'
import { taskStatuses } from '../../contract/findings'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import { given, oneOf, wordAt } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = ''] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      const say = (id: string) => (input.json ? printJson({ id }) : printLines([id]))
      const fields = given({
        title: input.text('title'),
        text: input.text('text'),
        assignee: input.text('assignee'),
        status: oneOf(input, 'status', taskStatuses),
      })
      switch (verb) {
        case 'add': {
          const { title } = fields
          if (title === undefined) throw new AppError('usage', '--title says what is to be done.')
          return say((await client.call('tasks.add', { ...fields, title })).id)
        }
        case 'edit':
          return say((await client.call('tasks.update', { id: wordAt(input, 2, 'the task'), change: fields })).id)
        case 'delete': {
          const id = wordAt(input, 2, 'the task by its id')
          await client.call('tasks.delete', { id })
          return say(id)
        }
        case 'list': {
          const all = await client.call('tasks.list', {})
          if (input.json) return printJson(all)
          return printLines(table(all.map(({ id, status, assignee, title }) => [id, status, assignee, title])))
        }
        default:
          throw new AppError('usage', 'A task is added, edited, listed or deleted: see task --help.')
      }
    },
    { actor: input.text('actor') },
  )
}
