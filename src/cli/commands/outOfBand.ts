import { AppError } from '../../common/errors'
import { printableJson } from '../../common/printable'
import { AccessVerdict, accessVerdicts } from '../../contract/analyses'
import { note, printLines, write } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

/** With `--json` one line an access; without it one line a group. */
export async function run(input: CommandInput): Promise<void> {
  const verdicts = verdictsOf(input.text('verdict') ?? 'out_of_band')
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const { counts, groups, events, truncated } = await client.call('outOfBand.list', {
      where: input.text('where') ?? '',
      verdicts,
      limit: input.json ? (input.number('limit') ?? 1_000_000) : 0,
    })
    if (input.json) {
      for (const event of events) await write(`${printableJson(event)}\n`)
      if (truncated) note('More accesses than the limit; narrow with --where.')
      return
    }
    await printLines([
      `${counts.out_of_band} out of band, ${counts.explainable} explainable, ${counts.out_of_coverage} out of coverage, ${counts.explained} explained by links.`,
      ...groups.map(({ outOfBand, text }) => `${outOfBand}  ${text}`),
    ])
  })
}

function verdictsOf(text: string): AccessVerdict[] {
  if (text === 'all') return [...accessVerdicts]
  return text.split(',').map((word) => {
    const verdict = AccessVerdict.safeParse(word)
    if (!verdict.success) throw new AppError('usage', `--verdict is all or some of ${accessVerdicts.join(', ')}.`)
    return verdict.data
  })
}
