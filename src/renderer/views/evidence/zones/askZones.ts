import type { Workbench } from '../../../state/workbench'
import type { ZoneAnswers } from '../../../state/zoneAsk'
import { visibleText } from '../../../text/marks'
import { plural } from '../../../text/numbers'
import { runTask } from '../../../ui/runTask'
import { earlierAnswersOf, sayEarlier } from './answers'

/**
 * Looks into the files and asks what their times mean, where they do not say it; answers that the case has are used again
 * and said, unless `again`. Undefined: the analyst called it off, or it failed, and that has been said.
 */
export async function askZones(
  workbench: Workbench,
  sources: readonly string[],
  again: boolean,
): Promise<ZoneAnswers | undefined> {
  const questions = await runTask(
    workbench,
    'Look into the files',
    'import.zones',
    { sources: [...sources] },
    ({ filesDone, filesTotal }) => ({
      detail: `${filesDone} of ${plural(filesTotal, 'file')}`,
      fraction: filesTotal === 0 ? null : filesDone / filesTotal,
    }),
  )
  if (questions === undefined) return undefined
  if (questions.unzoned.length + questions.abbreviations.length === 0) return { formatZones: {}, zoneNames: {} }
  const earlier = again ? undefined : earlierAnswersOf(questions)
  if (earlier === undefined) return workbench.zones.getState().ask(questions)
  workbench.tasks.getState().say({
    intent: 'none',
    text: visibleText(sayEarlier(questions)),
    hint: 'To answer anew for other files, use “Import files, asking for zones again…”.',
  })
  return earlier
}
