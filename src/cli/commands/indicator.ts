import { AppError } from '../../common/errors'
import { indicatorKinds } from '../../contract/incidents'
import { verdicts } from '../../contract/work'
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
      const extra = given({ text: input.text('text'), verdict: oneOf(input, 'verdict', verdicts) })
      switch (verb) {
        case 'add': {
          const kind = indicatorKinds.find((one) => one === wordAt(input, 2, `the kind: ${indicatorKinds.join(', ')}`))
          if (kind === undefined) throw new AppError('usage', `The kinds are ${indicatorKinds.join(', ')}.`)
          const status = input.flag('confirmed') ? 'confirmed' : 'candidate'
          return say(
            (await client.call('indicators.add', { kind, value: wordAt(input, 3, 'the value'), status, ...extra })).id,
          )
        }
        case 'confirm':
        case 'dismiss': {
          const id = wordAt(input, 2, 'the indicator by its id')
          const status = verb === 'confirm' ? 'confirmed' : 'dismissed'
          return say((await client.call('indicators.update', { id, change: { status, ...extra } })).id)
        }
        case 'delete': {
          const id = wordAt(input, 2, 'the indicator by its id')
          await client.call('indicators.delete', { id })
          return say(id)
        }
        case 'list': {
          const all = await client.call('indicators.list', {})
          const seen = []
          for (const one of all) {
            const { kind, value } = one
            seen.push({ ...one, sightings: await client.call('indicators.sightings', { kind, value }) })
          }
          if (input.json) return printJson(seen)
          return printLines(
            table(
              seen.map(({ id, kind, value, status, sightings }) => [
                id,
                kind,
                status,
                sightings.reduce((sum, { count }) => sum + count, 0),
                value,
              ]),
            ),
          )
        }
        case 'extract': {
          const found = await client.call(
            'indicators.extract',
            given({ where: input.text('where'), limit: input.number('limit', 1) }),
          )
          if (input.json) return printJson(found)
          return printLines(
            table(found.map(({ kind, value, count, known }) => [kind, count, known ? 'known' : '', value])),
          )
        }
        default:
          throw new AppError('usage', 'See indicator --help for what can be done with one.')
      }
    },
    { actor: input.text('actor') },
  )
}
