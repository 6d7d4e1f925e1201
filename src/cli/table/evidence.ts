/** What comes into a case, and what became of it. */
import { type CommandEntry, flag, text, texts } from './entry'

export const evidenceCommands: readonly CommandEntry[] = [
  {
    name: 'import',
    usage:
      'import CASE PATH… [--copy] [--format ID] [--mapping FILE…] [--tz ZONE|ABBR=ZONE|FORMAT=ZONE…] [--pg-prefix TEMPLATE] [--expect SHA256SUMS] [--actor NAME] [--json]',
    summary: 'create the case if missing; import files, folders, archives',
    options: [...flag('copy'), ...text('format', 'pg-prefix', 'expect', 'actor'), ...texts('mapping', 'tz')],
    positionals: [2, 100_000],
    load: () => import('../commands/import'),
  },
  {
    name: 'mapping',
    usage:
      'mapping suggest FILE | test FILE --mapping M [--limit N] [--rows N] | list CASE | remove CASE NAME [--actor NAME] [--json]',
    summary: 'propose and try a mapping for CSV or JSON of no known format; those that a case has',
    options: [...text('mapping', 'limit', 'rows', 'actor')],
    positionals: [2, 3],
    load: () => import('../commands/mapping'),
  },
  {
    name: 'enrich',
    usage: 'enrich CASE [--mmdb FILE…] [--ranges FILE…] [--fresh] [--actor NAME] [--json]',
    summary: 'classes, places and clouds of client addresses, from files that you have',
    options: [...texts('mmdb', 'ranges'), ...text('actor'), ...flag('fresh')],
    positionals: [1, 1],
    load: () => import('../commands/enrich'),
  },
  {
    name: 'info',
    usage: 'info CASE [--json]',
    summary: 'the case, counts per table and source, time span, journal head',
    options: [],
    positionals: [1, 1],
    load: () => import('../commands/info'),
  },
  {
    name: 'sources',
    usage: 'sources CASE [--json]',
    summary: 'the import account of each file',
    options: [],
    positionals: [1, 1],
    load: () => import('../commands/sources'),
  },
  {
    name: 'rejects',
    usage: 'rejects CASE [--file SHA256] [--csv] [--json]',
    summary: 'every record that was not imported, with position and reason',
    options: [...text('file'), ...flag('csv')],
    positionals: [1, 1],
    load: () => import('../commands/rejects'),
  },
  {
    name: 'bytes',
    usage: 'bytes CASE EVENT_ID | --file SHA256 [--member NAME] [--offset N] [--length N] [--hex] [--json]',
    summary: 'the exact bytes of an event or of a place in a file',
    options: [...text('file', 'member', 'offset', 'length'), ...flag('hex')],
    positionals: [1, 2],
    load: () => import('../commands/bytes'),
  },
]
