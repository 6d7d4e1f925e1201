import type { Workbench } from '../../../state/workbench'
import { formatCount, plural } from '../../../text/numbers'
import { runTask } from '../../../ui/runTask'
import { chooseSources } from '../chooseSources'
import { handOver } from '../importSources'

/** Title of the task in the task bar; the dialog knows by it that a run goes on. */
export const enrichTitle = 'Look up addresses'

/** Lets the person pick files, hands them to the host and looks every client address up in them. */
export async function addEnrichFiles(workbench: Workbench, fail: (error: unknown) => void): Promise<void> {
  const given = await handOver(workbench, (options) => chooseSources(workbench.host, 'files', options))
  if (given === undefined || given.length === 0) return
  await run(workbench, { sources: given.map(({ ref }) => ({ ref })) }, fail)
}

export async function forgetEnrichment(workbench: Workbench, fail: (error: unknown) => void): Promise<void> {
  await run(workbench, { fresh: true }, fail)
}

async function run(
  workbench: Workbench,
  params: { readonly sources?: { ref: string }[]; readonly fresh?: boolean },
  fail: (error: unknown) => void,
): Promise<void> {
  const result = await runTask(
    workbench,
    enrichTitle,
    'enrich.run',
    params,
    ({ step, done, total }) => ({
      detail: `${step}: ${formatCount(done)} of ${formatCount(total)}`,
      fraction: total === 0 ? null : done / total,
    }),
    fail,
  )
  if (result === undefined) return
  const { found, addresses } = result
  workbench.tasks.getState().say({
    intent: 'success',
    text:
      params.fresh === true
        ? 'What was looked up for addresses is forgotten.'
        : `${plural(addresses, 'address', 'addresses')} looked up: ${formatCount(found.country)} with a country, ${formatCount(found.asn)} with a network, ${formatCount(found.cloud)} in a given range.`,
    hint: null,
    action: null,
  })
}
