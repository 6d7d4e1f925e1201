import { timelineSvg } from '../../engine/timeline/svg'
import { writePicture } from '../files'
import { printJson, printLines, table } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const svg = input.text('svg')
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const opened = await client.call('case.current', {})
    const span = opened?.span ?? { fromUs: 0, toUs: 1 }
    const lanes = await client.call('timeline.lanes', {
      scope: await scopeOf(client, input.text('where')),
      window: { fromUs: span.fromUs, toUs: span.toUs + 1 },
      buckets: input.number('buckets', 1) ?? 200,
      laneBy: input.text('by') ?? 'source',
    })
    if (svg !== undefined) await writePicture(svg, timelineSvg(lanes))
    if (input.json) return printJson(lanes)
    if (svg !== undefined) return printLines([svg])
    await printLines(
      table([['lane', 'kind', 'total'], ...lanes.lanes.map(({ key, kind, total }) => [key, kind, total])]),
    )
  })
}
