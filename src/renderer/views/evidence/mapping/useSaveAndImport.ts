import { useState } from 'react'
import type { MappingSource } from '../../../../contract/mapping'
import type { MappingFile } from '../../../../contract/mappingFile'
import { useWorkbench } from '../../../state/workbench'
import { describeError } from '../../../ui/describeError'
import { runTask } from '../../../ui/runTask'
import { describeProgress, importTitle, sayResult } from '../importSources'

/**
 * Saves first, while the assistant can show a fault; then the assistant closes, and the import runs with its task,
 * where it can be cancelled.
 */
export function useSaveAndImport(source: MappingSource, onSaved: () => void) {
  const workbench = useWorkbench()
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<string>()
  return {
    saving,
    failure,
    /** Shows a failure, or takes the last one away. */
    tell: (error: unknown) => setFailure(error === undefined ? undefined : describeError(error).text),
    async save(mapping: MappingFile): Promise<void> {
      setSaving(true)
      try {
        await workbench.client.call('mapping.save', { mapping })
      } catch (error) {
        setSaving(false)
        setFailure(describeError(error).text)
        return
      }
      onSaved()
      const result = await runTask(workbench, importTitle, 'mapping.import', { source, mapping }, describeProgress)
      if (result !== undefined) sayResult(workbench, result)
    },
  }
}
