import { serve } from '../../server/serve'
import { note, printLines } from '../output'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const port = input.number('port')
  const actor = input.text('actor')
  const serving = await serve({
    paths: input.positionals,
    sample: input.flag('sample'),
    print: note,
    ...(port === undefined ? {} : { port }),
    ...(actor === undefined ? {} : { actor }),
  })
  await printLines([`Crosstrail is open at ${serving.url}`])
  note('The link works once, for five minutes, on this machine only. Press Enter for a new link, Ctrl-C to stop.')
  process.stdin.on('data', () => void printLines([serving.newLink()]))
  process.stdin.unref()
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await serving.close()
}
