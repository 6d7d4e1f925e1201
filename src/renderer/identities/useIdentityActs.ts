import { useState } from 'react'
import type { Result } from '../../contract'
import { useWorkbench } from '../state/workbench'
import { sayError } from '../ui/runTask'

type Undo = Result<'identities.merge'>['undo']

/** The analyst's word on who is the same. Links are found anew with it; the message undoes it. */
export function useIdentityActs() {
  const { client, tasks } = useWorkbench()
  const [busy, setBusy] = useState(false)
  const act = async (text: string, run: () => Promise<{ readonly undo: Undo }>): Promise<boolean> => {
    setBusy(true)
    try {
      const { undo } = await run()
      tasks.getState().say({
        intent: 'success',
        text,
        action: {
          label: 'Undo',
          run: () =>
            void client.call('identities.decide', { words: [...undo] }).catch((error) => sayError(tasks, error)),
        },
      })
      return true
    } catch (error) {
      sayError(tasks, error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    merge: (actorKey: string, otherKey: string) =>
      act('The two are one identity; links were found anew.', () =>
        client.call('identities.merge', { actorKey, otherKey }),
      ),
    split: (actorKey: string) =>
      act('The key is no longer of this identity; links were found anew.', () =>
        client.call('identities.split', { actorKey }),
      ),
  }
}
