import { resolve } from 'node:path'
import { AppError } from '../../common/errors'
import { appendixDepths, languages, papers, reportFormats, reportSections, type SectionId } from '../../contract/report'
import { record } from '../../engine/case/open'
import { createReport } from '../../engine/report/create'
import { abortOnInterrupt, clearStatus, printJson, printLines, status } from '../output'
import { withCase } from '../session'
import { given, oneOf } from '../targets'
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
      at,
      ...optionsOf(input),
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

function optionsOf(input: CommandInput) {
  const findings = [...input.texts('finding')]
  return given({
    title: input.text('title'),
    timeZone: input.text('tz'),
    incident: input.text('incident'),
    findings: findings.length === 0 ? undefined : findings,
    sections: sectionsOf(input),
    appendix: oneOf(input, 'appendix', appendixDepths),
    classification: input.text('classification'),
    author: input.text('author'),
    paper: oneOf(input, 'paper', papers),
    language: oneOf(input, 'language', languages),
  })
}

function sectionsOf(input: CommandInput): SectionId[] | undefined {
  const named = input.texts('section')
  if (named.length === 0) return undefined
  return named.map((name) => {
    const section = reportSections.find((id) => id === name)
    if (section === undefined) throw new AppError('usage', `--section is one of ${reportSections.join(', ')}.`)
    return section
  })
}
