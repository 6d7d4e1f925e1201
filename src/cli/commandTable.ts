/** Every command: how it is written, what it does, where its code is. Nothing heavy is loaded to print this. */
import type { CommandInput } from './words'

interface CommandModule {
  /** Returns the exit code; nothing means done. */
  run(input: CommandInput): Promise<number | undefined> | Promise<void>
}

export interface CommandOption {
  readonly name: string
  readonly kind: 'text' | 'texts' | 'flag'
}

export interface CommandEntry {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: readonly CommandOption[]
  /** Least and most words besides options. */
  readonly positionals: readonly [number, number]
  load(): Promise<CommandModule>
}

const text = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'text' }))
const flag = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'flag' }))

export const commands: readonly CommandEntry[] = [
  {
    name: 'import',
    usage:
      'import CASE PATH… [--copy] [--format ID] [--mapping FILE…] [--tz ZONE] [--pg-prefix TEMPLATE] [--actor NAME] [--json]',
    summary: 'create the case if missing; import files, folders, archives',
    options: [...flag('copy'), ...text('format', 'tz', 'pg-prefix', 'actor'), { name: 'mapping', kind: 'texts' }],
    positionals: [2, 100_000],
    load: () => import('./commands/import'),
  },
  {
    name: 'mapping',
    usage:
      'mapping suggest FILE | test FILE --mapping M [--limit N] [--rows N] | list CASE | remove CASE NAME [--actor NAME] [--json]',
    summary: 'propose and try a mapping for CSV or JSON of no known format; those that a case has',
    options: [...text('mapping', 'limit', 'rows', 'actor')],
    positionals: [2, 3],
    load: () => import('./commands/mapping'),
  },
  {
    name: 'info',
    usage: 'info CASE [--json]',
    summary: 'the case, counts per table and source, time span, journal head',
    options: [],
    positionals: [1, 1],
    load: () => import('./commands/info'),
  },
  {
    name: 'sources',
    usage: 'sources CASE [--json]',
    summary: 'the import account of each file',
    options: [],
    positionals: [1, 1],
    load: () => import('./commands/sources'),
  },
  {
    name: 'rejects',
    usage: 'rejects CASE [--file SHA256] [--json]',
    summary: 'every record that was not imported, with position and reason',
    options: text('file'),
    positionals: [1, 1],
    load: () => import('./commands/rejects'),
  },
  {
    name: 'events',
    usage: 'events CASE [--where FILTER] [--limit N] [--order ts|-ts] [--fields a,b] [--raw] [--csv] [--json]',
    summary: 'events as JSON lines or CSV',
    options: [...text('where', 'limit', 'order', 'fields'), ...flag('raw', 'csv')],
    positionals: [1, 1],
    load: () => import('./commands/events'),
  },
  {
    name: 'count',
    usage: 'count CASE [--where FILTER] [--by FIELD] [--limit N] [--json]',
    summary: 'how many events, or how many per value of a field',
    options: text('where', 'by', 'limit'),
    positionals: [1, 1],
    load: () => import('./commands/count'),
  },
  {
    name: 'histogram',
    usage: 'histogram CASE [--where FILTER] [--buckets N] [--by FIELD] [--json]',
    summary: 'events over time',
    options: text('where', 'buckets', 'by'),
    positionals: [1, 1],
    load: () => import('./commands/histogram'),
  },
  {
    name: 'sql',
    usage: 'sql CASE "SELECT …" [--limit N] [--json]',
    summary: 'one read-only SQL query',
    options: text('limit'),
    positionals: [2, 2],
    load: () => import('./commands/sql'),
  },
  {
    name: 'spans',
    usage: 'spans CASE [--where FILTER] [--limit N] [--json]',
    summary: 'spans as JSON lines',
    options: text('where', 'limit'),
    positionals: [1, 1],
    load: () => import('./commands/spans'),
  },
  {
    name: 'trace',
    usage: 'trace CASE TRACE_ID [--json]',
    summary: 'one trace as a tree with its linked events',
    options: [],
    positionals: [2, 2],
    load: () => import('./commands/trace'),
  },
  {
    name: 'link',
    usage: 'link CASE [--json]',
    summary: 'compute the links between events and spans',
    options: [],
    positionals: [1, 1],
    load: () => import('./commands/link'),
  },
  {
    name: 'links',
    usage: 'links CASE [--where FILTER] [--limit N] [--json]',
    summary: 'links with their evidence as JSON lines',
    options: text('where', 'limit'),
    positionals: [1, 1],
    load: () => import('./commands/links'),
  },
  {
    name: 'coverage',
    usage: 'coverage CASE [--where F] [--buckets N] [--json]',
    summary: 'where traces cover the accesses: events, spans, links, rates',
    options: text('where', 'buckets'),
    positionals: [1, 1],
    load: () => import('./commands/coverage'),
  },
  {
    name: 'out-of-band',
    usage: 'out-of-band CASE [--where F] [--verdict V,…|all] [--limit N] [--json]',
    summary: 'accesses that went past the traced paths, with reasons',
    options: text('where', 'verdict', 'limit'),
    positionals: [1, 1],
    load: () => import('./commands/outOfBand'),
  },
  {
    name: 'audit-gaps',
    usage: 'audit-gaps CASE [--where F] [--limit N] [--json]',
    summary: 'traced calls without their audit event; silences of sources',
    options: text('where', 'limit'),
    positionals: [1, 1],
    load: () => import('./commands/auditGaps'),
  },
  {
    name: 'path',
    usage: 'path CASE EVENT_ID [--json]',
    summary: 'the path to a denial: identity, change, request, refusal',
    options: [],
    positionals: [2, 2],
    load: () => import('./commands/path'),
  },
  {
    name: 'graph',
    usage: 'graph CASE [--where FILTER] [--limit N] [--svg FILE] [--json]',
    summary: 'access graph as JSON or SVG',
    options: text('where', 'limit', 'svg'),
    positionals: [1, 1],
    load: () => import('./commands/graph'),
  },
  {
    name: 'timeline',
    usage: 'timeline CASE [--where FILTER] [--by FIELD] [--buckets N] [--svg FILE] [--json]',
    summary: 'timeline as JSON or SVG',
    options: text('where', 'by', 'buckets', 'svg'),
    positionals: [1, 1],
    load: () => import('./commands/timeline'),
  },
  {
    name: 'note',
    usage:
      'note CASE add (--event ID | --trace ID | --span TRACE/SPAN | --case) --text T [--tag T…] | list | edit ID --text T | delete ID [--actor NAME] [--json]',
    summary: 'notes: add prints the id once the note is durable',
    options: [...text('event', 'trace', 'span', 'text', 'actor'), { name: 'tag', kind: 'texts' }, ...flag('case')],
    positionals: [2, 3],
    load: () => import('./commands/note'),
  },
  {
    name: 'report',
    usage: 'report CASE --out FILE [--format pdf|html|json] [--title T] [--at TIME] [--tz ZONE] [--json]',
    summary: 'write the report',
    options: text('out', 'format', 'title', 'at', 'tz'),
    positionals: [1, 1],
    load: () => import('./commands/report'),
  },
  {
    name: 'verify',
    usage: 'verify CASE [--head HEX] [--evidence DIR] [--json]',
    summary: 'check chain, projection, evidence hashes, counts, catalogue',
    options: text('head', 'evidence'),
    positionals: [1, 1],
    load: () => import('./commands/verify'),
  },
  {
    name: 'rebuild',
    usage: 'rebuild CASE [--evidence DIR] [--json]',
    summary: 'make the database again from originals and journal',
    options: text('evidence'),
    positionals: [1, 1],
    load: () => import('./commands/rebuild'),
  },
  {
    name: 'pack',
    usage: 'pack CASE FILE [--json]',
    summary: 'the case as one file',
    options: [],
    positionals: [2, 2],
    load: () => import('./commands/pack'),
  },
  {
    name: 'unpack',
    usage: 'unpack FILE DIR [--json]',
    summary: 'a packed case as a folder again, checked',
    options: [],
    positionals: [2, 2],
    load: () => import('./commands/unpack'),
  },
  {
    name: 'serve',
    usage: 'serve [CASE | PATH…] [--port N] [--sample]',
    summary: 'the workbench in a browser on this machine',
    options: [...text('port', 'actor'), ...flag('sample')],
    positionals: [0, 1000],
    load: () => import('./commands/serve'),
  },
  {
    name: 'open',
    usage: 'open [PATH…]',
    summary: 'the workbench as an application',
    options: [],
    positionals: [0, 1000],
    load: () => import('./commands/open'),
  },
  {
    name: 'formats',
    usage: 'formats [--json]',
    summary: 'the log and trace formats that are read',
    options: [],
    positionals: [0, 0],
    load: () => import('./commands/formats'),
  },
  {
    name: 'fields',
    usage: 'fields [--json]',
    summary: 'the fields of the filter language',
    options: [],
    positionals: [0, 0],
    load: () => import('./commands/fields'),
  },
  {
    name: 'version',
    usage: 'version [--json]',
    summary: 'the version of this program',
    options: [],
    positionals: [0, 0],
    load: () => import('./commands/version'),
  },
]

export function findCommand(name: string): CommandEntry | undefined {
  return commands.find((command) => command.name === name)
}

export function helpText(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'crosstrail: crosses audit logs with traces, offline.',
    '',
    'Usage: crosstrail COMMAND [WORDS] [--json]',
    '',
    ...lines,
    '',
    'crosstrail COMMAND --help tells how a command is written.',
    'Exit codes: 0 done, 1 fault of the program, 2 usage, 3 input refused, 4 verification failed, 5 case in use, 6 disk.',
    '',
  ].join('\n')
}

export function helpOf(name: string): string {
  const command = findCommand(name)
  return command === undefined ? helpText() : `Usage: crosstrail ${command.usage}\n\n${command.summary}\n`
}
