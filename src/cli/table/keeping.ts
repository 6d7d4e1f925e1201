/** Reports and custody. */
import { type CommandEntry, flag, text, texts } from './entry'

export const keepingCommands: readonly CommandEntry[] = [
  {
    name: 'report',
    usage:
      'report CASE --out FILE [--format pdf|html|json] [--incident ID] [--finding ID…] [--section NAME…] [--appendix full|positions|none] [--title T] [--author T] [--classification T] [--paper a4|letter] [--language en|de|ja] [--at TIME] [--tz ZONE] [--json]',
    summary: 'write the report',
    options: [
      ...text(
        'out',
        'format',
        'title',
        'at',
        'tz',
        'incident',
        'appendix',
        'classification',
        'author',
        'paper',
        'language',
      ),
      ...texts('finding', 'section'),
    ],
    positionals: [1, 1],
    load: () => import('../commands/report'),
  },
  {
    name: 'verify',
    usage: 'verify CASE [--head HEX] [--seal FILE [--pub FILE]] [--exact] [--evidence DIR] [--json]',
    summary: 'check chain, projection, rows, evidence hashes, counts, catalogue',
    options: [...text('head', 'evidence', 'seal', 'pub'), ...flag('exact')],
    positionals: [1, 1],
    load: () => import('../commands/verify'),
  },
  {
    name: 'verify-report',
    usage: 'verify-report CASE FILE [--rerun] [--json]',
    summary: 'whether a report is one that this case made, unchanged; with --rerun, whether its figures still hold',
    options: flag('rerun'),
    positionals: [2, 2],
    load: () => import('../commands/verifyReport'),
  },
  {
    name: 'seal',
    usage: 'seal CASE --out FILE [--key FILE] [--actor NAME] | seal keygen KEYFILE [--json]',
    summary: 'a small file that states how far the journal has come, to be kept elsewhere; signed with a key',
    options: text('out', 'key', 'actor'),
    positionals: [1, 2],
    load: () => import('../commands/seal'),
  },
  {
    name: 'acquired',
    usage:
      'acquired CASE add FILE… [--by NAME] [--at TIME] [--how TEXT] [--tool NAME] [--system NAME] [--text T] [--actor NAME] | list [--json]',
    summary: 'who took a file, when, how, with what, from which system',
    options: text('by', 'at', 'how', 'tool', 'system', 'text', 'actor'),
    positionals: [2, 10_000],
    load: () => import('../commands/acquired'),
  },
  {
    name: 'accept',
    usage: 'accept CASE [--actor NAME] [--json]',
    summary: 'let a case from elsewhere be worked on; until then it is open for reading',
    options: text('actor'),
    positionals: [1, 1],
    load: () => import('../commands/accept'),
  },
  {
    name: 'rebuild',
    usage: 'rebuild CASE [--evidence DIR] [--json]',
    summary: 'make the database again from originals and journal',
    options: text('evidence'),
    positionals: [1, 1],
    load: () => import('../commands/rebuild'),
  },
  {
    name: 'pack',
    usage: 'pack CASE FILE [--json]',
    summary: 'the case as one file',
    options: [],
    positionals: [2, 2],
    load: () => import('../commands/pack'),
  },
  {
    name: 'unpack',
    usage: 'unpack FILE DIR [--json]',
    summary: 'a packed case as a folder again, checked',
    options: [],
    positionals: [2, 2],
    load: () => import('../commands/unpack'),
  },
]
