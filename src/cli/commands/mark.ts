import { AppError } from '../../common/errors'
import { severities, verdicts } from '../../contract/work'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import { given, oneOf, targetsOf } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = ''] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      if (verb === 'list') {
        const marks = await client.call('marks.list', {})
        if (input.json) return printJson(marks)
        return printLines(
          table(
            marks.map(({ target, star, severity, verdict, techniques, tags }) => [
              `${target.kind} ${target.id}`,
              star ? '*' : '',
              severity ?? '',
              verdict ?? '',
              techniques.join(','),
              tags.join(','),
            ]),
          ),
        )
      }
      if (verb !== 'set') throw new AppError('usage', 'Marks are set or listed: see mark --help.')
      const targets = targetsOf(input)
      if (targets.length === 0)
        throw new AppError('usage', 'Say what to mark: --event, --trace, --span, --target or --case.')
      const { changed } = await client.call('marks.set', { targets, change: changeOf(input) })
      return input.json ? printJson({ changed }) : printLines([`${changed} marked.`])
    },
    { actor: input.text('actor') },
  )
}

function changeOf(input: CommandInput) {
  const some = (option: string) => (input.texts(option).length === 0 ? undefined : [...input.texts(option)])
  const cleared = <T extends string>(option: string, allowed: readonly T[]) =>
    input.text(option) === 'none' ? null : oneOf(input, option, allowed)
  const change = given({
    star: input.flag('star') ? true : input.flag('unstar') ? false : undefined,
    severity: cleared('severity', severities),
    verdict: cleared('verdict', verdicts),
    addTechniques: some('technique'),
    removeTechniques: some('no-technique'),
    addTags: some('tag'),
    removeTags: some('untag'),
  })
  if (Object.keys(change).length === 0) throw new AppError('usage', 'Say what to set, such as --verdict suspicious.')
  return change
}
