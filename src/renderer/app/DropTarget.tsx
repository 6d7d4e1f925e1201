import { type ReactNode, useState } from 'react'
import { useWorkbench } from '../state/workbench'
import { importFrom } from '../views/evidence/importSources'

/**
 * Takes files and folders dropped anywhere on the window. `ready` makes sure that a case is open (the welcome page
 * creates one) and says whether to go on.
 */
export function DropTarget({
  ready,
  children,
}: {
  readonly ready: () => Promise<boolean>
  readonly children: ReactNode
}) {
  const workbench = useWorkbench()
  const [over, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its keyboard way in the import buttons
    <div
      className="ct-drop"
      onDragEnter={(event) => {
        if (hasFiles(event.dataTransfer)) setOver(true)
      }}
      onDragOver={(event) => {
        if (!hasFiles(event.dataTransfer)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false)
      }}
      onDrop={(event) => {
        if (!hasFiles(event.dataTransfer)) return
        event.preventDefault()
        setOver(false)
        const { dataTransfer } = event
        // The browser empties the drop after this event: the host has to look at it now.
        void importFrom(workbench, async (options) => {
          const handed = workbench.host.registerDrop(dataTransfer, options)
          return (await ready()) ? handed : []
        })
      }}
    >
      {children}
      {over ? <div className="ct-drop-over">Drop to import. Originals are only read, never changed.</div> : null}
    </div>
  )
}

function hasFiles(transfer: DataTransfer): boolean {
  return transfer.types.includes('Files')
}
