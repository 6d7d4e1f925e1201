import { resolve } from 'node:path'
import { AppError } from '../../common/errors'
import { reportFormats } from '../../contract/report'
import { record } from '../../engine/case/open'
import { createReport } from '../../engine/report/create'
import { abortOnInterrupt, clearStatus, printJson, printLines, status } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const out = input.text('out')
  if (out === undefined) throw new AppError('usage', '--out names the file to write.')
  const given = input.text('format') ?? /\.(html|json)$/i.exec(out)?.[1]?.toLowerCase() ?? 'pdf'
  const format = reportFormats.find((name) => name === given)
  if (format === undefined) throw new AppError('usage', `--format is one of ${reportFormats.join(', ')}.`)
  const signal = abortOnInterrupt()
  await withCase(input.positionals[0] ?? '', async ({ session, resourcesFolder }) => {
    const at = input.text('at') ?? new Date().toISOString()
    const result = await createReport(session(), {
      format,
      outPath: resolve(out),
      title: input.text('title'),
      at,
      timeZone: input.text('tz'),
      resourcesFolder,
      signal,
      onStep: (step, done, total) => status(`${step}  ${done}/${total}`),
    })
    clearStatus()
    const { sha256, bodyDigest, pages } = result
    await record(session(), 'report.create', { format, at, sha256, bodyDigest })
    if (input.json) return printJson({ file: out, sha256, pages, bodyDigest })
    await printLines([`${out}: ${pages} pages, SHA-256 ${sha256}`])
  })
}
