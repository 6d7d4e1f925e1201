import { useRef } from 'react'
import type { MappingDraft } from '../../../../contract/mapping'
import { useWorkbench } from '../../../state/workbench'

/** Takes a mapping file from this machine; a fault in it is told with its line. */
export function LoadMapping({
  onLoad,
  onFailure,
}: {
  readonly onLoad: (draft: MappingDraft) => void
  readonly onFailure: (error: unknown) => void
}) {
  const { client } = useWorkbench()
  const input = useRef<HTMLInputElement>(null)
  const load = async (file: File) => {
    try {
      const { mapping } = await client.call('mapping.read', { text: await file.text() })
      onLoad(mapping)
    } catch (error) {
      onFailure(error)
    }
  }
  return (
    <>
      <button type="button" className="ct-link" onClick={() => input.current?.click()}>
        Load a mapping file…
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Mapping file"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file !== undefined) void load(file)
          // The same file may be chosen again after it was mended.
          target.value = ''
        }}
      />
    </>
  )
}
