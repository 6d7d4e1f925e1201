import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '../../common/errors'
import {
  appendixDepths,
  Composition,
  LOGO_BYTES,
  languages,
  papers,
  reportFormats,
  reportSections,
  type SectionId,
} from '../../contract/report'
import { record } from '../../engine/case/open'
import type { CaseSession } from '../../engine/context'
import { asIoError } from '../../engine/io'
import { keepComposition, keptComposition } from '../../engine/report/composition'
import { createReport } from '../../engine/report/create'
import { keepLogo } from '../../engine/report/logo'
import { abortOnInterrupt, clearStatus, printJson, printLines, status } from '../output'
import { withCase } from '../session'
import { given, oneOf } from '../targets'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const out = input.text('out')
  if (out === undefined) throw new AppError('usage', '--out names the file to write.')
  const named = input.text('format') ?? /\.(html|json)$/i.exec(out)?.[1]?.toLowerCase() ?? 'pdf'
  const format = reportFormats.find((name) => name === named)
  if (format === undefined) throw new AppError('usage', `--format is one of ${reportFormats.join(', ')}.`)
  const signal = abortOnInterrupt()
  await withCase(input.positionals[0] ?? '', async ({ session, resourcesFolder }) => {
    const at = input.text('at') ?? new Date().toISOString()
    const incident = input.text('incident') ?? ''
    const logo = await logoOf(input, session())
    const kept = input.flag('kept') ? keptComposition(session().journal.records(), incident)?.options : undefined
    if (input.flag('kept') && kept === undefined)
      throw new AppError(
        'not-found',
        'Nothing is kept for this report: keep its choices with --keep, or in the window.',
      )
    const options = { ...kept, ...optionsOf(input), ...given({ logo }) }
    if (input.flag('keep')) await keepComposition(session(), incident, Composition.parse({ ...options }))
    const result = await createReport(session(), {
      format,
      outPath: resolve(out),
      at,
      ...options,
      ...(incident === '' ? {} : { incident }),
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

/** The id of the picture in a file, kept with the case; an empty name takes the kept one off. */
async function logoOf(input: CommandInput, session: CaseSession): Promise<string | undefined> {
  const file = input.text('logo')
  if (file === undefined || file === '') return file
  const { size } = await stat(file).catch((error: unknown) => {
    throw asIoError(error, 'The logo cannot be read.')
  })
  if (size > LOGO_BYTES) throw new AppError('input.refused', `A logo has at most ${LOGO_BYTES / 1024} KiB.`)
  return (await keepLogo(session, await readFile(file))).sha256
}

function optionsOf(input: CommandInput) {
  const findings = [...input.texts('finding')]
  return given({
    title: input.text('title'),
    timeZone: input.text('tz'),
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
