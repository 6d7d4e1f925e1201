import { abortOnInterrupt, printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const signal = abortOnInterrupt()
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const result = await client.call('links.compute', {}, { signal })
    if (input.json) return printJson(result)
    const { certain, strong, likely, possible } = result.links
    await printLines([
      `${certain} certain, ${strong} strong, ${likely} likely, ${possible} possible links between ${result.events} events and ${result.spans} spans.`,
    ])
  })
}
