import { resolve } from 'node:path'
import { AppError, exitCodes } from '../../common/errors'
import { readInput } from '../inputFiles'
import { abortOnInterrupt, printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<number> {
  const head = input.text('head')
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) throw new AppError('usage', '--head takes 64 hex digits.')
  const evidence = input.text('evidence')
  const [sealFile, pubFile] = [input.text('seal'), input.text('pub')]
  if (pubFile !== undefined && sealFile === undefined) throw new AppError('usage', '--pub goes with --seal.')
  if (input.flag('exact') && head === undefined && sealFile === undefined)
    throw new AppError('usage', '--exact goes with --head or --seal.')
  const seal = sealFile === undefined ? undefined : await readInput(sealFile, '--seal')
  const publicKey = pubFile === undefined ? undefined : await readInput(pubFile, '--pub')
  const signal = abortOnInterrupt()
  return withCase(input.positionals[0] ?? '', async ({ client }) => {
    const result = await client.call(
      'case.verify',
      {
        ...(head === undefined ? {} : { head }),
        ...(evidence === undefined ? {} : { evidence: resolve(evidence) }),
        ...(input.flag('exact') ? { exact: true } : {}),
        ...(seal === undefined ? {} : { seal }),
        ...(publicKey === undefined ? {} : { publicKey }),
      },
      { signal },
    )
    const { afterHead, ...checked } = result
    // Said only where it was asked: without a head nothing can follow one.
    if (input.json) await printJson(afterHead === null ? checked : result)
    else
      await printLines([
        ...result.findings.map(({ kind, message }) => `${kind}: ${message}`),
        result.ok
          ? `The chain is whole: ${result.seq} records, head ${result.head}.`
          : `${result.findings.length} findings.`,
        ...(afterHead === null ? [] : [`${afterHead} records follow the given head.`]),
      ])
    return result.ok ? exitCodes.done : exitCodes.verification
  })
}
