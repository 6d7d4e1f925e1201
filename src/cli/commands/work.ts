import { AppError } from '../../common/errors'
import { workKinds } from '../../contract/work'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = ''] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      switch (verb) {
        case 'undo':
        case 'redo': {
          const act = await (verb === 'undo'
            ? client.call('work.undo', seqOf(input.positionals[2]))
            : client.call('work.redo', {}))
          if (input.json) return printJson(act)
          return printLines([
            act === null ? `There is nothing to ${verb}.` : `${verb}: ${act.op} of ${act.at} by ${act.actor}`,
          ])
        }
        case 'search': {
          const found = await client.call('work.search', { text: input.positionals.slice(2).join(' ') })
          if (input.json) return printJson(found)
          return printLines(table(found.hits.map(({ kind, id, updatedAt, title }) => [kind, id, updatedAt, title])))
        }
        case 'history': {
          const kind = workKinds.find((one) => one === input.positionals[2])
          if (kind === undefined) throw new AppError('usage', `The kinds are ${workKinds.join(', ')}.`)
          const id = input.positionals.slice(3).join(' ')
          const entries = await client.call('work.history', { kind, id })
          if (input.json) return printJson(entries)
          return printLines(
            table(
              entries.map(({ seq, at, actor, op, undone, args }) => [seq, at, actor, op, undone ? 'undone' : '', args]),
            ),
          )
        }
        default:
          throw new AppError('usage', 'See work --help for what can be done.')
      }
    },
    { actor: input.text('actor') },
  )
}

function seqOf(text: string | undefined): { seq?: number } {
  if (text === undefined) return {}
  if (!/^\d{1,15}$/.test(text)) throw new AppError('usage', 'An act is named by its number in the history.')
  return { seq: Number(text) }
}
