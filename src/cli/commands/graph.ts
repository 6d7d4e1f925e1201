import { graphSvg } from '../../engine/graph/svg'
import { writePicture } from '../files'
import { note, printJson, printLines, table } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const svg = input.text('svg')
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const graph = await client.call('graph.access', {
      scope: await scopeOf(client, input.text('where')),
      maxNodes: input.number('limit', 2) ?? 120,
    })
    if (svg !== undefined) await writePicture(svg, graphSvg(graph))
    if (input.json) return printJson(graph)
    if (svg !== undefined) return printLines([svg])
    await printLines(
      table([
        ['from', 'to', 'count', 'denied', 'first', 'last'],
        ...graph.edges.map(({ source, target, count, denied, firstTs, lastTs }) => [
          source,
          target,
          count,
          denied,
          firstTs,
          lastTs,
        ]),
      ]),
    )
    if (graph.truncated) note('Smaller nodes are folded together; raise --limit to see more.')
  })
}
