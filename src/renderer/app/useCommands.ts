import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useWorkCommands } from '../casework/useWorkCommands'
import type { Command } from '../commands/command'
import { filterInputId } from '../filter/FilterBox'
import { openSavedView } from '../filter/openSavedView'
import { zoneAfter } from '../state/settings'
import { useEngineQuery } from '../state/useEngineQuery'
import { useSettings, useWorkbench } from '../state/workbench'
import { visibleText } from '../text/marks'
import { chooseSources } from '../views/evidence/chooseSources'
import { importFrom } from '../views/evidence/importSources'
import { views } from '../views/registry'
import { showSql } from '../views/sql/showSql'
import { caseActions, defaultTitle } from './caseActions'
import { jumpToEvent, jumpToTrace, startNote } from './jumps'
import { zoneButtonId, zoneWords } from './ZoneControl'

export interface ShellActs {
  openPalette(): void
  openShortcuts(): void
}

/** Every command of the window, in the order of the palette. */
export function useCommands(hasCase: boolean, shell: ShellActs): readonly Command[] {
  const workbench = useWorkbench()
  const { layout, scope, selection } = workbench
  const { theme, timeZone, otherZone, density, setTheme, setTimeZone, setDensity } = useSettings()
  const canUndo = useStore(scope, (s) => s.canUndo)
  const canRedo = useStore(scope, (s) => s.canRedo)
  const narrowed = useStore(scope, (s) => s.filter !== '' || s.window !== null)
  const picked = useStore(selection, (s) => s.focus !== null)

  const recent = useEngineQuery('case.recent', {}).data
  const saved = useEngineQuery('views.list', {}, { enabled: hasCase }).data

  const work = useWorkCommands(hasCase)

  return useMemo(() => {
    const acts = caseActions(workbench)
    const { showView } = layout.getState()
    const importBy = (kind: 'files' | 'folder', askAgain = false) =>
      void importFrom(workbench, (options) => chooseSources(workbench.host, kind, options), { askAgain })
    const goTo = views.map(
      (view): Command => ({
        id: `view.${view.id}`,
        title: view.title,
        group: 'Go to',
        keys: view.shortcut === '' ? [] : [view.shortcut],
        enabled: hasCase,
        run: () => showView(view.id),
      }),
    )
    const beside = views
      .filter((view) => view.id !== 'inspector')
      .map(
        (view): Command => ({
          id: `beside.${view.id}`,
          title: `${view.title}, in a pane beside`,
          group: 'Go to',
          enabled: hasCase,
          run: () => showView(view.id, 'beside'),
        }),
      )
    return [
      ...goTo,
      {
        id: 'trace',
        title: 'The trace of the selected event',
        group: 'Selection',
        keys: ['t'],
        enabled: hasCase && picked,
        run: () => void jumpToTrace(workbench),
      },
      {
        id: 'event',
        title: 'The event of the selected span',
        group: 'Selection',
        keys: ['e'],
        enabled: hasCase && picked,
        run: () => void jumpToEvent(workbench),
      },
      {
        id: 'note',
        title: 'Note on the selection',
        group: 'Selection',
        keys: ['n'],
        enabled: hasCase,
        run: () => startNote(workbench),
      },
      ...work,
      {
        id: 'clear',
        title: 'Select nothing',
        group: 'Selection',
        enabled: picked,
        run: () => selection.getState().clear(),
      },
      {
        id: 'filter.focus',
        title: 'Type a filter',
        group: 'Filter',
        keys: ['/', 'mod+f'],
        enabled: hasCase,
        run: () => document.getElementById(filterInputId)?.focus(),
      },
      {
        id: 'filter.undo',
        title: 'Undo the filter or time window',
        group: 'Filter',
        keys: ['mod+z'],
        enabled: canUndo,
        run: () => scope.getState().undo(),
      },
      {
        id: 'filter.redo',
        title: 'Redo the filter or time window',
        group: 'Filter',
        keys: ['mod+shift+z', 'mod+y'],
        enabled: canRedo,
        run: () => scope.getState().redo(),
      },
      {
        id: 'filter.clear',
        title: 'Show everything (no filter, all times)',
        group: 'Filter',
        enabled: narrowed,
        run: () => scope.getState().clear(),
      },
      {
        id: 'filter.time',
        title: 'Show all times',
        group: 'Filter',
        enabled: narrowed,
        run: () => scope.getState().setWindow(null),
      },
      ...(hasCase ? (saved ?? []) : []).map(
        (one): Command => ({
          id: `saved.${one.name}`,
          title: `Saved view “${visibleText(one.name)}”`,
          group: 'Filter',
          run: () => openSavedView(workbench, one),
        }),
      ),
      {
        id: 'sql.show',
        title: 'Show the SQL behind this view',
        group: 'Filter',
        keys: ['mod+shift+s'],
        enabled: hasCase,
        run: () => void showSql(workbench),
      },
      {
        id: 'import.files',
        title: 'Import files…',
        group: 'Case',
        keys: ['mod+i'],
        enabled: hasCase,
        run: () => importBy('files'),
      },
      {
        id: 'import.folder',
        title: 'Import a folder…',
        group: 'Case',
        keys: ['mod+shift+i'],
        enabled: hasCase,
        run: () => importBy('folder'),
      },
      {
        id: 'import.zones',
        title: 'Import files, asking for zones again…',
        group: 'Case',
        enabled: hasCase,
        run: () => importBy('files', true),
      },
      {
        id: 'case.new',
        title: 'New case',
        group: 'Case',
        keys: ['mod+shift+n'],
        run: () => void acts.createAnywhere(defaultTitle(new Date())),
      },
      {
        id: 'case.open',
        title: 'Open case…',
        group: 'Case',
        keys: ['mod+o'],
        enabled: workbench.host.choose !== null,
        run: () => void acts.openAnywhere(),
      },
      ...(recent ?? [])
        .filter((known) => !known.missing)
        .map(
          (known): Command => ({
            id: `case.recent.${known.ref}`,
            title: `Open “${visibleText(known.title)}”`,
            group: 'Case',
            run: () => void acts.open(known.ref),
          }),
        ),
      {
        id: 'case.links',
        title: 'Compute links again',
        group: 'Case',
        enabled: hasCase,
        run: () => void acts.computeLinks(),
      },
      { id: 'case.verify', title: 'Verify the case', group: 'Case', enabled: hasCase, run: () => void acts.verify() },
      {
        id: 'case.accept',
        title: 'Accept this case from elsewhere, to work on it',
        group: 'Case',
        enabled: hasCase,
        run: () => void acts.accept(),
      },
      {
        id: 'case.rebuild',
        title: 'Rebuild the database from journal and evidence',
        group: 'Case',
        enabled: hasCase,
        run: () => void acts.rebuild(),
      },
      { id: 'case.sample', title: 'Open the sample', group: 'Case', run: () => void acts.openSample() },
      { id: 'case.close', title: 'Close the case', group: 'Case', enabled: hasCase, run: () => void acts.close() },
      { id: 'palette', title: 'Command palette', group: 'Window', keys: ['mod+k'], run: shell.openPalette },
      { id: 'shortcuts', title: 'Keyboard shortcuts', group: 'Window', keys: ['?'], run: shell.openShortcuts },
      {
        id: 'zone',
        title: `Show times in ${zoneWords(zoneAfter({ timeZone, otherZone }))}`,
        group: 'Window',
        keys: ['z'],
        run: () => setTimeZone(zoneAfter({ timeZone, otherZone })),
      },
      {
        id: 'zone.choose',
        title: 'Choose a time zone…',
        group: 'Window',
        keys: ['shift+z'],
        run: () => document.getElementById(zoneButtonId)?.click(),
      },
      ...(['light', 'dark', 'system'] as const)
        .filter((name) => name !== theme)
        .map(
          (name): Command => ({
            id: `theme.${name}`,
            title: `Theme: ${name}`,
            group: 'Window',
            run: () => setTheme(name),
          }),
        ),
      {
        id: 'density',
        title: density === 'compact' ? 'Roomier rows' : 'Denser rows',
        group: 'Window',
        run: () => setDensity(density === 'compact' ? 'comfortable' : 'compact'),
      },
      ...beside,
      { id: 'panes', title: 'Reset the panes', group: 'Window', enabled: hasCase, run: () => showView('reset-panes') },
    ]
  }, [
    workbench,
    work,
    recent,
    saved,
    layout,
    scope,
    selection,
    hasCase,
    canUndo,
    canRedo,
    narrowed,
    picked,
    theme,
    timeZone,
    otherZone,
    density,
    setTheme,
    setTimeZone,
    setDensity,
    shell,
  ])
}
