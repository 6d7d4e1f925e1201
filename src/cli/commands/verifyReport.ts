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
    const rerun = input.flag('rerun') ? await client.call('report.rerun', { ref: resolve(file) }) : null
    if (input.json) await printJson({ file, ...result, ...(rerun === null ? {} : { rerun }) })
    else
      await printLines([
        ...findings.map(({ kind, message }) => `${kind}: ${message}`),
        ...(ok && report !== null
          ? [`The file is the report of record ${report.seq}, as of ${report.at}. Body digest ${report.bodyDigest}.`]
          : []),
        ...(rerun === null
          ? []
          : [
              `${rerun.figures} figures asked for again, ${rerun.differences.length} differ.`,
              ...rerun.differences.map(({ where, said, is }) => `${where}: the report says ${said}, the case ${is}`),
            ]),
      ])
    return ok && (rerun === null || rerun.differences.length === 0) ? exitCodes.done : exitCodes.verification
  })
}
