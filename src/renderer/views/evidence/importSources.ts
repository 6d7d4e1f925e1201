import { isCancelled } from '../../../common/errors'
import type { ImportProgress, ImportResult } from '../../../contract/import'
import type { NamedSource } from '../../../rpc/bridge'
import type { UploadOptions } from '../../../rpc/upload'
import type { Workbench } from '../../state/workbench'
import { visibleText } from '../../text/marks'
import { formatBytes, formatCount, plural } from '../../text/numbers'
import { formatDurationUs } from '../../text/time'
import { runTask, sayError } from '../../ui/runTask'
import { askZones } from './zones/askZones'

/** Title of the task in the task bar; views know by it that an import runs. */
export const importTitle = 'Import'

type Sources = (options: UploadOptions) => Promise<readonly NamedSource[]>

/**
 * Hands over files and imports them into the open case, with progress, cancel and an account at the end. `collect`
 * hands the files to the host (in the web host it uploads them).
 */
export async function importFrom(
  workbench: Workbench,
  collect: Sources,
  options: { readonly askAgain?: boolean } = {},
): Promise<void> {
  const sources = await handOver(workbench, collect)
  if (sources === undefined || sources.length === 0) return
  await importRefs(
    workbench,
    sources.map(({ ref }) => ref),
    options,
  )
}

/** `askAgain`: also what the case was told of zones before. */
export async function importRefs(
  workbench: Workbench,
  sources: readonly string[],
  { askAgain = false }: { readonly askAgain?: boolean } = {},
): Promise<void> {
  const zones = await askZones(workbench, sources, askAgain)
  if (zones === undefined) return
  const result = await runTask(
    workbench,
    importTitle,
    'import.start',
    { sources: [...sources], ...zones },
    describeProgress,
  )
  if (result !== undefined) sayResult(workbench, result)
}

/** The account of an import as a message. */
export function sayResult(workbench: Workbench, result: ImportResult): void {
  const attention = result.files.some(({ status }) => status === 'refused' || status === 'partial')
  workbench.tasks.getState().say({
    intent: attention ? 'warning' : 'success',
    text: summarize(result),
    hint: attention ? 'Evidence lists what was refused or rejected, and why.' : null,
    action: { label: 'Show', run: () => workbench.layout.getState().showView('evidence') },
  })
}

/** Hands files to the host, with progress and cancel; undefined where it failed, and that has been said. */
export async function handOver({ tasks }: Workbench, collect: Sources): Promise<readonly NamedSource[] | undefined> {
  const abort = new AbortController()
  const store = tasks.getState()
  const id = store.begin('Hand over files', () => abort.abort())
  try {
    return await collect({
      signal: abort.signal,
      onProgress: ({ filesDone, filesTotal, bytesSent, bytesTotal }) =>
        store.report(
          id,
          `${filesDone} of ${plural(filesTotal, 'file')} · ${formatBytes(bytesSent)} of ${formatBytes(bytesTotal)}`,
          bytesTotal === 0 ? null : bytesSent / bytesTotal,
        ),
    })
  } catch (error) {
    if (!isCancelled(error)) sayError(tasks, error)
    return undefined
  } finally {
    store.end(id)
  }
}

/** One line of an import's progress: file, bytes, records, rate, time left. */
export function describeProgress(progress: ImportProgress): {
  readonly detail: string
  readonly fraction: number | null
} {
  const { phase, fileName, filesDone, filesTotal, bytesRead, bytesTotal, records, recordsPerSecond, etaMs } = progress
  if (phase === 'linking') return { detail: 'Linking events and spans', fraction: null }
  const parts = [
    filesTotal > 1
      ? `file ${Math.min(filesDone + 1, filesTotal)} of ${filesTotal}: ${visibleText(fileName)}`
      : visibleText(fileName),
    `${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}`,
    plural(records, 'record'),
    `${formatCount(Math.round(recordsPerSecond))}/s`,
    ...(etaMs === null
      ? []
      : [etaMs < 1_000 ? 'under 1 s left' : `${formatDurationUs(Math.round(etaMs / 1_000) * 1_000_000)} left`]),
  ]
  return { detail: parts.join(' · '), fraction: bytesTotal === 0 ? null : Math.min(1, bytesRead / bytesTotal) }
}

/** The account of an import in one sentence; the parts add up to what was read. */
export function summarize({ totals, elapsedMs }: ImportResult): string {
  const parts = [
    `${formatCount(totals.kept)} kept`,
    ...(totals.duplicate > 0 ? [`${formatCount(totals.duplicate)} duplicate`] : []),
    ...(totals.skipped > 0 ? [`${formatCount(totals.skipped)} skipped`] : []),
    ...(totals.rejected > 0 ? [`${formatCount(totals.rejected)} rejected`] : []),
  ]
  return `${plural(totals.read, 'record')} read from ${plural(totals.files, 'file')} in ${formatDurationUs(elapsedMs * 1_000)}: ${parts.join(', ')}.`
}
