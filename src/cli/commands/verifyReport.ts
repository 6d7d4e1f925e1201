import { resolve } from 'node:path'
import { exitCodes } from '../../common/errors'
import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<number> {
  const [path = '', file = ''] = input.positionals
  return withCase(path, async ({ client }) => {
    const result = await client.call('custody.verifyReport', { ref: resolve(file) })
    const { ok, report, findings } = result
    if (input.json) await printJson({ file, ...result })
    else
      await printLines([
        ...findings.map(({ kind, message }) => `${kind}: ${message}`),
        ...(ok && report !== null
          ? [`The file is the report of record ${report.seq}, as of ${report.at}. Body digest ${report.bodyDigest}.`]
          : []),
      ])
    return ok ? exitCodes.done : exitCodes.verification
  })
}
