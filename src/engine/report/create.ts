/** Makes a report: model, form, file, sidecar. The caller journals what came out. */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { AppError, throwIfAborted } from '../../common/errors'
import type { ReportOptions, ReportResult } from '../../contract/report'
import type { CaseSession } from '../context'
import { asIoError, writeFileAtomic } from '../io'
import { buildModel, type DrawFigures } from './collect'
import { bodyDigest, renderJson, toDocument } from './document'
import { drawFigures } from './drawFigures'
import { renderHtml } from './print/html'
import { typstJob } from './print/pdf'
import { setInWorker } from './print/worker'

export type ReportFormat = 'pdf' | 'html' | 'json'

type Options = { readonly [Name in keyof Omit<ReportOptions, 'at'>]?: ReportOptions[Name] | undefined }

export interface ReportRequest extends Options {
  readonly format: ReportFormat
  /** Absolute path of the file to write; `FILE.sha256` is written beside it. */
  readonly outPath: string
  /** RFC 3339 with a zone: the time printed on the report. */
  readonly at: string
  readonly resourcesFolder: string
  readonly signal: AbortSignal
  readonly onStep: (step: string, done: number, total: number) => void
  /** Left out: the timeline and the access graph of the whole case, and the figures of the story. */
  readonly figures?: DrawFigures
}

const steps = 6

/**
 * Writes the report and its checksum file; `file` of the result is the bare name. The same case, time, zone and title
 * give the same bytes. Errors: `case.foreign` before anything is written, since a report is journaled; `usage` for a time or zone that is none, `report.failed`, `cancelled`, `io.*`.
 */
export async function createReport(session: CaseSession, request: ReportRequest): Promise<ReportResult> {
  const {
    signal,
    onStep,
    format,
    outPath,
    resourcesFolder,
    figures = drawFigures,
    timeZone = 'UTC',
    ...options
  } = request
  session.journal.requireAppends()
  const model = await buildModel(session, {
    ...options,
    timeZone,
    figures,
    signal,
    onStep: (step, done) => onStep(step, done, steps),
  })
  const { bytes, pages } = await print()
  throwIfAborted(signal)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = basename(outPath)
  try {
    await writeFileAtomic(outPath, bytes)
    await writeFileAtomic(`${outPath}.sha256`, `${sha256}  ${file}\n`)
  } catch (error) {
    throw asIoError(error, 'The report cannot be written there.')
  }
  onStep('Done', steps, steps)
  return { file, sha256, pages, bodyDigest: bodyDigest(model) }

  async function print(): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
    switch (format) {
      case 'json':
        return { bytes: Buffer.from(renderJson(model), 'utf8'), pages: 0 }
      case 'html':
        return { bytes: Buffer.from(renderHtml(toDocument(model)), 'utf8'), pages: 0 }
      case 'pdf': {
        onStep('Setting the pages', 5, steps)
        const job = await typstJob(toDocument(model), resourcesFolder)
        const { pdf, pages } = await setInWorker(job, signal)
        if (pdf.byteLength === 0) throw new AppError('report.failed', 'The report could not be set.')
        return { bytes: pdf, pages }
      }
    }
  }
}
