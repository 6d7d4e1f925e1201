import { AppError } from '../../common/errors'
import { findingStatuses } from '../../contract/findings'
import { confidences, severities } from '../../contract/work'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import { evidenceOf, given, oneOf, wordAt } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = ''] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      const list = () => client.call('findings.list', {})
      const one = async () => {
        const id = wordAt(input, 2, 'the finding by its id')
        const found = (await list()).find((finding) => finding.id === id)
        if (found === undefined) throw new AppError('not-found', 'There is no such finding.')
        return found
      }
      const say = (id: string) => (input.json ? printJson({ id }) : printLines([id]))
      switch (verb) {
        case 'add': {
          const title = input.text('title')
          if (title === undefined) throw new AppError('usage', '--title says what was found.')
          return say((await client.call('findings.add', { ...fieldsOf(input), title })).id)
        }
        case 'edit': {
          const { id, evidence, alternatives } = await one()
          const change = fieldsOf(input)
          await client.call('findings.update', {
            id,
            change: {
              ...change,
              ...(change.evidence === undefined ? {} : { evidence: [...evidence, ...change.evidence] }),
              ...(change.alternatives === undefined ? {} : { alternatives: [...alternatives, ...change.alternatives] }),
            },
          })
          return say(id)
        }
        case 'delete': {
          const { id } = await one()
          await client.call('findings.delete', { id })
          return say(id)
        }
        case 'list': {
          const all = await list()
          if (input.json) return printJson(all)
          return printLines(
            table(all.map((item) => [item.id, item.severity, item.status, item.evidence.length, item.title])),
          )
        }
        case 'show': {
          const found = await one()
          if (input.json) return printJson(found)
          return printLines([
            found.title,
            `${found.severity}, confidence ${found.confidence}, ${found.status} ${found.techniques.join(' ')}`,
            found.statement,
            ...found.evidence.map(({ about, text }) => `- ${JSON.stringify(about)} ${text}`),
            ...found.alternatives.map((text) => `alternative: ${text}`),
          ])
        }
        default:
          throw new AppError('usage', 'A finding is added, edited, listed, shown or deleted: see finding --help.')
      }
    },
    { actor: input.text('actor') },
  )
}

/** Evidence and alternatives of an edit come after those that are there. */
function fieldsOf(input: CommandInput) {
  const some = <T>(items: readonly T[]) => (items.length === 0 ? undefined : [...items])
  return given({
    title: input.text('title'),
    statement: input.text('statement'),
    severity: oneOf(input, 'severity', severities),
    confidence: oneOf(input, 'confidence', confidences),
    status: oneOf(input, 'status', findingStatuses),
    techniques: some(input.texts('technique')),
    evidence: some(evidenceOf(input)),
    alternatives: some(input.texts('alternative')),
  })
}
