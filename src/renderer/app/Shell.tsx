import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { CommandPalette } from '../commands/CommandPalette'
import { ShortcutSheet } from '../commands/ShortcutSheet'
import { useHotkeys } from '../commands/useHotkeys'
import { ValueMenu } from '../filter/ValueMenu'
import { SamePerson } from '../identities/SamePerson'
import { useWorkbench } from '../state/workbench'
import { copyTrueText } from '../text/Evidence'
import { useApplyTheme } from '../theme/useTheme'
import { ErrorBoundary } from '../ui/ErrorBoundary'
import { importRefs } from '../views/evidence/importSources'
import { ZoneDialog } from '../views/evidence/zones/ZoneDialog'
import { Welcome } from '../welcome/Welcome'
import { caseActions, defaultTitle } from './caseActions'
import { Dock } from './Dock'
import { DropTarget } from './DropTarget'
import { Header } from './Header'
import { Rail } from './Rail'
import { StatusBar } from './StatusBar'
import { Toasts } from './Toasts'
import { useCase } from './useCase'
import { useCommands } from './useCommands'
import { useLitSync } from './useLitSync'

type Overlay = 'palette' | 'shortcuts' | null

/** The whole window: welcome page or workbench, with what lies over both. */
export function Shell() {
  const workbench = useWorkbench()
  const open = useCase()
  const [overlay, setOverlay] = useState<Overlay>(null)
  const hasCase = open !== null && open !== undefined
  const shell = useMemo(
    () => ({ openPalette: () => setOverlay('palette'), openShortcuts: () => setOverlay('shortcuts') }),
    [],
  )
  const commands = useCommands(hasCase, shell)
  useApplyTheme()
  useHotkeys(commands)
  useLitSync()
  useHostCommands(hasCase, (id) => commands.find((command) => command.id === id && command.enabled !== false)?.run())
  useEffect(() => {
    document.title = hasCase ? `${open.info.title} – Crosstrail` : 'Crosstrail'
  }, [hasCase, open])

  const ready = async () => hasCase || (await caseActions(workbench).create(defaultTitle(new Date()))) !== undefined
  return (
    <div className="ct-app" onCopy={copyTrueText}>
      <DropTarget ready={ready}>
        <ErrorBoundary name="The window">
          {open === undefined ? null : open === null ? (
            <>
              <Header open={null} onPalette={shell.openPalette} />
              <Welcome />
            </>
          ) : (
            <>
              <Header open={open} onPalette={shell.openPalette} />
              <div className="ct-body">
                <Rail key={`rail ${open.info.id}`} open={open} />
                <main className="ct-main">
                  <Dock
                    key={open.info.id}
                    caseId={open.info.id}
                    startView={(open.info.tables.source_file ?? 0) === 0 ? 'evidence' : 'events'}
                  />
                </main>
              </div>
              <StatusBar open={open} />
            </>
          )}
        </ErrorBoundary>
      </DropTarget>
      <Toasts />
      <ValueMenu />
      <SamePerson />
      <ZoneDialog />
      {overlay === 'palette' ? <CommandPalette commands={commands} onClose={() => setOverlay(null)} /> : null}
      {overlay === 'shortcuts' ? <ShortcutSheet commands={commands} onClose={() => setOverlay(null)} /> : null}
    </div>
  )
}

/** Names of menu entries of the host, and the commands that they run. */
const hostCommands: ReadonlyMap<string, string> = new Map([
  ['new-case', 'case.new'],
  ['open-case', 'case.open'],
  ['open-sample', 'case.sample'],
  ['close-case', 'case.close'],
  ['import-files', 'import.files'],
  ['import-folder', 'import.folder'],
  ['report', 'view.report'],
  ['palette', 'palette'],
  ['shortcuts', 'shortcuts'],
])

/** Menu entries of the host, and cases or files that the system asks us to open. */
function useHostCommands(hasCase: boolean, run: (commandId: string) => void): void {
  const workbench = useWorkbench()
  const onCommand = useEffectEvent(
    async (command: string, source: { readonly ref: string; readonly name: string } | null) => {
      const actions = caseActions(workbench)
      const known = hostCommands.get(command)
      if (source === null) {
        if (known !== undefined) run(known)
      } else if (command === 'open-case') await actions.open(source.ref)
      else if (hasCase || (await actions.create(defaultTitle(new Date()))) !== undefined)
        await importRefs(workbench, [source.ref])
    },
  )
  useEffect(() => {
    // The host keeps its listener for the life of the page; the window has one shell.
    workbench.host.onCommand((command, source) => void onCommand(command, source))
  }, [workbench])
}
