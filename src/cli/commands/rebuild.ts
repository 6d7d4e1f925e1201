import { resolve } from 'node:path'
import { abortOnInterrupt, printJson, printLines } from '../output'
import { withEngine } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const evidence = input.text('evidence')
  const signal = abortOnInterrupt()
  const ref = resolve(input.positionals[0] ?? '')
  await withEngine(async ({ client }) => {
    const { info } = await client.call(
      'case.rebuild',
      { ref, ...(evidence === undefined ? {} : { evidence: resolve(evidence) }) },
      {
        signal,
      },
    )
    await (input.json
      ? printJson(info)
      : printLines([
          `Rebuilt: ${Object.entries(info.tables)
            .map(([name, n]) => `${n} ${name}`)
            .join(', ')}.`,
        ]))
  })
}
