import { AppError } from '../../common/errors'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import { targetsOf } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = '', id] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      switch (verb) {
        case 'add': {
          const targets = targetsOf(input)
          const [first] = targets
          if (first === undefined)
            throw new AppError(
              'usage',
              'Say what the note is about: --event ID, --trace ID, --span TRACE/SPAN, --target KIND:ID or --case.',
            )
          const ids: string[] = []
          for (const target of targets) {
            const note = await client.call('notes.add', { target, text: textOf(input), tags: [...input.texts('tag')] })
            ids.push(note.id)
          }
          if (!input.json) return printLines(ids)
          return printJson(ids.length === 1 ? { id: ids[0] } : { ids })
        }
        case 'list': {
          const notes = await client.call('notes.list', {})
          if (input.json) return printJson(notes)
          return printLines(
            table(
              notes.map((note) => [
                note.createdAt,
                note.author,
                `${note.target.kind} ${note.target.id}`,
                note.tags.join(','),
                note.text,
              ]),
            ),
          )
        }
        case 'edit': {
          const note = await client.call('notes.update', { id: idOf(id), text: textOf(input) })
          return input.json ? printJson({ id: note.id }) : printLines([note.id])
        }
        case 'delete': {
          await client.call('notes.delete', { id: idOf(id) })
          return input.json ? printJson({ id: idOf(id) }) : printLines([idOf(id)])
        }
        default:
          throw new AppError('usage', 'A note is added, listed, edited or deleted: see crosstrail note --help.')
      }
    },
    { actor: input.text('actor') },
  )
}

function textOf(input: CommandInput): string {
  const text = input.text('text')
  if (text === undefined || text === '') throw new AppError('usage', '--text says what to note.')
  return text
}

function idOf(id: string | undefined): string {
  if (id === undefined) throw new AppError('usage', 'Name the note by its id.')
  return id
}
