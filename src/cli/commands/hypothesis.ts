import { AppError } from '../../common/errors'
import { hypothesisStatuses } from '../../contract/findings'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import { evidenceOf, oneOf, wordAt } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = ''] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      const say = (id: string) => (input.json ? printJson({ id }) : printLines([id]))
      const list = () => client.call('hypotheses.list', {})
      switch (verb) {
        case 'add': {
          const statement = input.text('statement')
          if (statement === undefined) throw new AppError('usage', '--statement says what may be so.')
          const questions = [...input.texts('question')]
          return say((await client.call('hypotheses.add', { statement, questions })).id)
        }
        case 'for':
        case 'against':
        case 'edit': {
          const id = wordAt(input, 2, 'the hypothesis by its id')
          const before = (await list()).find((one) => one.id === id)
          if (before === undefined) throw new AppError('not-found', 'There is no such hypothesis.')
          const status = oneOf(input, 'status', hypothesisStatuses)
          const statement = input.text('statement')
          const change = {
            ...(verb === 'edit' ? {} : { [verb]: [...before[verb], ...evidenceOf(input)] }),
            ...(status === undefined ? {} : { status }),
            ...(statement === undefined ? {} : { statement }),
            questions: [...before.questions, ...input.texts('question')],
          }
          return say((await client.call('hypotheses.update', { id, change })).id)
        }
        case 'delete': {
          const id = wordAt(input, 2, 'the hypothesis by its id')
          await client.call('hypotheses.delete', { id })
          return say(id)
        }
        case 'list': {
          const all = await list()
          if (input.json) return printJson(all)
          return printLines(
            table(
              all.map((one) => [
                one.id,
                one.status,
                `${one.for.length} for`,
                `${one.against.length} against`,
                one.statement,
              ]),
            ),
          )
        }
        default:
          throw new AppError('usage', 'See hypothesis --help for what can be done with one.')
      }
    },
    { actor: input.text('actor') },
  )
}
