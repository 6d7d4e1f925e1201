/** Windows, and what is known. */
import { type CommandEntry, flag, text } from './entry'

export const hostsCommands: readonly CommandEntry[] = [
  {
    name: 'serve',
    usage: 'serve [CASE | PATH…] [--port N] [--sample]',
    summary: 'the workbench in a browser on this machine',
    options: [...text('port', 'actor'), ...flag('sample')],
    positionals: [0, 1000],
    load: () => import('../commands/serve'),
  },
  {
    name: 'open',
    usage: 'open [PATH…]',
    summary: 'the workbench as an application',
    options: [],
    positionals: [0, 1000],
    load: () => import('../commands/open'),
  },
  {
    name: 'formats',
    usage: 'formats [--json]',
    summary: 'the log and trace formats that are read',
    options: [],
    positionals: [0, 0],
    load: () => import('../commands/formats'),
  },
  {
    name: 'fields',
    usage: 'fields [--json]',
    summary: 'the fields of the filter language',
    options: [],
    positionals: [0, 0],
    load: () => import('../commands/fields'),
  },
  {
    name: 'version',
    usage: 'version [--json]',
    summary: 'the version of this program',
    options: [],
    positionals: [0, 0],
    load: () => import('../commands/version'),
  },
]
