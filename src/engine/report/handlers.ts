import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import { record } from '../case/open'
import type { EngineContext } from '../context'
import { asIoError } from '../io'
import { buildModel } from './collect'
import { keepComposition, keptComposition } from './composition'
import { createReport, type ReportFormat } from './create'
import { toDocument } from './document'
import { drawFigures } from './drawFigures'
import { keepLogo } from './logo'
import { rerunReport } from './rerun'

const mediaTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html',
  json: 'application/json',
}

export function reportHandlers(
  context: EngineContext,
): Pick<Handlers, `report.${'create' | 'outline' | 'rerun' | 'composition' | 'compose' | 'logo'}`> {
  return {
    'report.create': async ({ format, at, ...options }, { signal, report }) => {
      const session = context.session()
      const printedAt = at ?? context.host.now().toISOString()
      const folder = await mkdtemp(join(tmpdir(), 'crosstrail-report-')).catch((error: unknown) => {
        throw asIoError(error, 'There is no room for temporary files.')
      })
      const fileName = `report-${session.meta.id.slice(0, 8)}-${printedAt.slice(0, 10)}.${format}`
      const path = join(folder, fileName)
      const result = await createReport(session, {
        ...options,
        format,
        outPath: path,
        at: printedAt,
        resourcesFolder: context.host.resourcesFolder,
        signal,
        onStep: (step, done, total) => report({ step, done, total }),
      }).catch(async (error: unknown) => {
        await rm(folder, { recursive: true, force: true })
        throw error
      })
      await record(session, 'report.create', {
        format,
        at: printedAt,
        sha256: result.sha256,
        bodyDigest: result.bodyDigest,
      })
      const download = await context.host.offerDownload({ path, fileName, mediaType: mediaTypes[format] })
      return { report: result, download }
    },
    'report.outline': async ({ at, ...options }, { signal }) =>
      toDocument(
        await buildModel(context.session(), {
          ...options,
          at: at ?? context.host.now().toISOString(),
          figures: drawFigures,
          signal,
          onStep: () => undefined,
        }),
      ),
    'report.composition': async ({ incident }) => keptComposition(context.session().journal.records(), incident),
    'report.compose': async ({ incident, options }) => {
      await keepComposition(context.session(), incident, options)
      return {}
    },
    'report.logo': async ({ data }) => {
      const { sha256, kind, data: kept } = await keepLogo(context.session(), Buffer.from(data, 'base64'))
      return { sha256, kind, sizeBytes: Buffer.byteLength(kept, 'base64') }
    },
    async 'report.rerun'({ ref }, { signal }) {
      const session = context.session()
      const path = context.host.resolveSource(ref)
      if (path === undefined) throw new AppError('not-found', 'This file is not there any more.')
      return rerunReport(session, await readJson(path), signal)
    },
  }
}

const maxBytes = 512 * 2 ** 20

async function readJson(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw asIoError(error, 'The report cannot be read.')
  })
  try {
    if (bytes.byteLength > maxBytes) throw new RangeError('too large')
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new AppError('input.refused', 'This is no report in its JSON form.', {}, { cause })
  }
}
