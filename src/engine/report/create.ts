/** Makes a report: model, form, file, sidecar. The caller journals what came out. */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { AppError, throwIfAborted } from '../../common/errors'
import type { ReportResult } from '../../contract/report'
import type { CaseSession } from '../context'
import { asIoError, writeFileAtomic } from '../io'
import { buildModel } from './collect'
import { bodyDigest, renderJson, toDocument } from './document'
import { drawFigures } from './drawFigures'
import type { Figure } from './model'
import { renderHtml } from './print/html'
import { typstJob } from './print/pdf'
import { setInWorker } from './print/worker'

export type ReportFormat = 'pdf' | 'html' | 'json'

export interface ReportRequest {
  readonly format: ReportFormat
  /** Absolute path of the file to write; `FILE.sha256` is written beside it. */
  readonly outPath: string
  readonly title?: string | undefined
  /** RFC 3339 with a zone: the time printed on the report. */
  readonly at: string
  readonly timeZone?: string | undefined
  readonly resourcesFolder: string
  readonly signal: AbortSignal
  readonly onStep: (step: string, done: number, total: number) => void
  /** Left out: the timeline and the access graph of the whole case. */
  readonly figures?: (session: CaseSession, signal: AbortSignal) => Promise<readonly Figure[]>
}

const steps = 6

/**
 * Writes the report and its checksum file; `file` of the result is the bare name. The same case, time, zone and title
 * give the same bytes. Errors: `usage` for a time or zone that is none, `report.failed`, `cancelled`, `io.*`.
 */
export async function createReport(session: CaseSession, request: ReportRequest): Promise<ReportResult> {
  const { signal, onStep, format } = request
  const model = await buildModel(session, {
    title: request.title,
    at: request.at,
    timeZone: request.timeZone ?? 'UTC',
    figures: request.figures ?? drawFigures,
    signal,
    onStep: (step, done) => onStep(step, done, steps),
  })
  const { bytes, pages } = await print()
  throwIfAborted(signal)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = basename(request.outPath)
  try {
    await writeFileAtomic(request.outPath, bytes)
    await writeFileAtomic(`${request.outPath}.sha256`, `${sha256}  ${file}\n`)
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
        const job = await typstJob(toDocument(model), request.resourcesFolder)
        const { pdf, pages } = await setInWorker(job, signal)
        if (pdf.byteLength === 0) throw new AppError('report.failed', 'The report could not be set.')
        return { bytes: pdf, pages }
      }
    }
  }
}
