/** The application menu. Entries that concern the case are commands to the page, which knows what is open. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { RecentCase } from '../contract/case'
import type { NamedSource } from '../rpc/bridge'

export type SendCommand = (name: string, source?: NamedSource) => void

export function installMenu(send: SendCommand, recent: readonly RecentCase[]): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(send, recent, app.isPackaged)))
}

export function menuTemplate(
  send: SendCommand,
  recent: readonly RecentCase[],
  isPackaged: boolean,
): MenuItemConstructorOptions[] {
  const entry = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(command),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const present = recent.filter(({ missing }) => !missing)
  return [
    {
      label: '&File',
      submenu: [
        entry('&New case…', 'new-case', 'CmdOrCtrl+Shift+N'),
        entry('&Open case…', 'open-case', 'CmdOrCtrl+O'),
        {
          label: 'Open &recent',
          enabled: present.length > 0,
          submenu: present.map(({ ref, title }) => ({
            // An ampersand marks the access key: doubled, it stands for itself.
            label: title.replaceAll('&', '&&'),
            click: () => send('open-case', { ref, name: title }),
          })),
        },
        entry('Open the &sample', 'open-sample'),
        { type: 'separator' },
        entry('&Import files…', 'import-files', 'CmdOrCtrl+I'),
        entry('Import a &folder…', 'import-folder', 'CmdOrCtrl+Shift+I'),
        entry('&Export report…', 'report', 'CmdOrCtrl+Shift+E'),
        { type: 'separator' },
        entry('&Close case', 'close-case'),
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        entry('Command palette', 'palette'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    { role: 'windowMenu' },
    { label: '&Help', submenu: [entry('Shortcuts', 'shortcuts'), { role: 'about' }] },
  ]
}
