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
const texts = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'texts' }))
const flag = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'flag' }))
const targetOptions = [...texts('event', 'trace', 'span', 'target'), ...flag('case')]

export const commands: readonly CommandEntry[] = [
  {
    name: 'import',
    usage:
      'import CASE PATH… [--copy] [--format ID] [--mapping FILE…] [--tz ZONE|ABBR=ZONE…] [--pg-prefix TEMPLATE] [--expect SHA256SUMS] [--actor NAME] [--json]',
    summary: 'create the case if missing; import files, folders, archives',
    options: [...flag('copy'), ...text('format', 'pg-prefix', 'expect', 'actor'), ...texts('mapping', 'tz')],
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
    name: 'enrich',
    usage: 'enrich CASE [--mmdb FILE…] [--ranges FILE…] [--fresh] [--actor NAME] [--json]',
    summary: 'classes, places and clouds of client addresses, from files that you have',
    options: [...texts('mmdb', 'ranges'), ...text('actor'), ...flag('fresh')],
    positionals: [1, 1],
    load: () => import('./commands/enrich'),
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
    usage: 'rejects CASE [--file SHA256] [--csv] [--json]',
    summary: 'every record that was not imported, with position and reason',
    options: [...text('file'), ...flag('csv')],
    positionals: [1, 1],
    load: () => import('./commands/rejects'),
  },
  {
    name: 'bytes',
    usage: 'bytes CASE EVENT_ID | --file SHA256 [--member NAME] [--offset N] [--length N] [--hex] [--json]',
    summary: 'the exact bytes of an event or of a place in a file',
    options: [...text('file', 'member', 'offset', 'length'), ...flag('hex')],
    positionals: [1, 2],
    load: () => import('./commands/bytes'),
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
    name: 'search',
    usage: 'search CASE TEXT [--where FILTER] [--case-sensitive] [--limit N] [--json]',
    summary: 'records that contain a text, the newest first',
    options: [...text('where', 'limit'), ...flag('case-sensitive')],
    positionals: [2, 2],
    load: () => import('./commands/search'),
  },
  {
    name: 'contrast',
    usage: 'contrast CASE --where FILTER [--against FILTER] [--fields a,b] [--limit N] [--json]',
    summary: 'which values set some events apart from the others',
    options: text('where', 'against', 'fields', 'limit'),
    positionals: [1, 1],
    load: () => import('./commands/contrast'),
  },
  {
    name: 'sql',
    usage: 'sql CASE "SELECT …" [--limit N] [--csv FILE | --parquet FILE | --json-lines FILE] [--json]',
    summary: 'one read-only SQL query, shown or written to a file',
    options: text('limit', 'csv', 'parquet', 'json-lines'),
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
    usage:
      'links CASE [--where FILTER] [--limit N] | --confirm EVENT/TRACE/SPAN | --reject … | --clear … [--actor NAME] [--json]',
    summary: 'links with their evidence as JSON lines; confirm or reject one',
    options: text('where', 'limit', 'confirm', 'reject', 'clear', 'actor'),
    positionals: [1, 1],
    load: () => import('./commands/links'),
  },
  {
    name: 'clocks',
    usage: 'clocks CASE [--set SOURCE --offset MILLISECONDS [--service NAME] [--off] [--actor NAME]] [--json]',
    summary: 'how far the clocks of sources are off, measured, suggested or set',
    options: [...text('set', 'offset', 'service', 'actor'), ...flag('off')],
    positionals: [1, 1],
    load: () => import('./commands/clocks'),
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
    name: 'view',
    usage: 'view CASE save NAME [--where FILTER] | list | delete NAME [--actor NAME] [--json]',
    summary: 'filters kept under a name; --where @NAME asks with one',
    options: text('where', 'actor'),
    positionals: [2, 3],
    load: () => import('./commands/view'),
  },
  {
    name: 'note',
    usage:
      'note CASE add (--event ID | --trace ID | --span TRACE/SPAN | --target KIND:ID | --case)… --text T [--tag T…] | list | edit ID --text T | delete ID [--actor NAME] [--json]',
    summary: 'notes: add prints the id once the note is durable',
    options: [...text('text', 'actor'), ...texts('tag'), ...targetOptions],
    positionals: [2, 3],
    load: () => import('./commands/note'),
  },
  {
    name: 'mark',
    usage:
      'mark CASE set (--event ID | --trace ID | --span TRACE/SPAN | --target KIND:ID | --case)… [--star | --unstar] [--severity S | none] [--verdict V | none] [--technique ID…] [--no-technique ID…] [--tag T…] [--untag T…] | list [--actor NAME] [--json]',
    summary: 'stars, severities, verdicts, techniques and tags on many targets at once',
    options: [
      ...text('severity', 'verdict', 'actor'),
      ...texts('technique', 'no-technique', 'tag', 'untag'),
      ...flag('star', 'unstar'),
      ...targetOptions,
    ],
    positionals: [2, 2],
    load: () => import('./commands/mark'),
  },
  {
    name: 'finding',
    usage:
      'finding CASE add --title T | edit ID | list | show ID | delete ID [--statement T] [--severity S] [--confidence C] [--status S] [--technique ID…] [--event ID… | --target KIND:ID… | --query FILTER… | --figure timeline:FILTER…] [--text T] [--alternative T…] [--actor NAME] [--json]',
    summary: 'findings with their evidence',
    options: [
      ...text('title', 'statement', 'severity', 'confidence', 'status', 'text', 'actor'),
      ...texts('technique', 'alternative', 'query', 'figure'),
      ...targetOptions,
    ],
    positionals: [2, 3],
    load: () => import('./commands/finding'),
  },
  {
    name: 'hypothesis',
    usage:
      'hypothesis CASE add --statement T | edit ID | for ID | against ID | list | delete ID [--status S] [--question T…] [--event ID… | --target KIND:ID… | --query FILTER…] [--text T] [--actor NAME] [--json]',
    summary: 'what may be so, what speaks for it and against it, open questions',
    options: [
      ...text('statement', 'status', 'text', 'actor'),
      ...texts('question', 'query', 'figure'),
      ...targetOptions,
    ],
    positionals: [2, 3],
    load: () => import('./commands/hypothesis'),
  },
  {
    name: 'task',
    usage:
      'task CASE add --title T | edit ID | list | delete ID [--text T] [--assignee NAME] [--status open|done|dropped] [--actor NAME] [--json]',
    summary: 'what is to be done',
    options: text('title', 'text', 'assignee', 'status', 'actor'),
    positionals: [2, 3],
    load: () => import('./commands/task'),
  },
  {
    name: 'incident',
    usage:
      'incident CASE add --title T | edit ID | list | show ID | delete ID | tell ID (--text T | --event ID… | --target KIND:ID… | --finding ID… | --query FILTER… | --figure KIND:FILTER…) [--mark detection|containment|recovery] [--time RFC3339] | move ID ITEM PLACE | drop ID ITEM | sort ID | affected ID --target KIND:ID… [--summary T] [--impact T] [--scope T] [--severity S] [--state S] [--actor NAME] [--json]',
    summary: 'incidents with their story',
    options: [
      ...text('title', 'summary', 'impact', 'scope', 'severity', 'state', 'text', 'mark', 'time', 'actor'),
      ...texts('finding', 'query', 'figure'),
      ...targetOptions,
    ],
    positionals: [2, 5],
    load: () => import('./commands/incident'),
  },
  {
    name: 'indicator',
    usage:
      'indicator CASE add KIND VALUE [--confirmed] | confirm ID | dismiss ID | delete ID | list | extract [--where FILTER] [--limit N] [--verdict V] [--text T] [--actor NAME] [--json]',
    summary: 'addresses, accounts, keys, hashes and domains, and where they are seen',
    options: [...text('where', 'limit', 'verdict', 'text', 'actor'), ...flag('confirmed')],
    positionals: [2, 4],
    load: () => import('./commands/indicator'),
  },
  {
    name: 'work',
    usage: 'work CASE undo [SEQ] | redo | search WORDS | history KIND ID [--actor NAME] [--json]',
    summary: 'take the last act of case work back, or one of the history; search; what was done to an item',
    options: text('actor'),
    positionals: [2, 100],
    load: () => import('./commands/work'),
  },
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
    load: () => import('./commands/report'),
  },
  {
    name: 'verify',
    usage: 'verify CASE [--head HEX] [--seal FILE [--pub FILE]] [--exact] [--evidence DIR] [--json]',
    summary: 'check chain, projection, rows, evidence hashes, counts, catalogue',
    options: [...text('head', 'evidence', 'seal', 'pub'), ...flag('exact')],
    positionals: [1, 1],
    load: () => import('./commands/verify'),
  },
  {
    name: 'verify-report',
    usage: 'verify-report CASE FILE [--rerun] [--json]',
    summary: 'whether a report is one that this case made, unchanged; with --rerun, whether its figures still hold',
    options: flag('rerun'),
    positionals: [2, 2],
    load: () => import('./commands/verifyReport'),
  },
  {
    name: 'seal',
    usage: 'seal CASE --out FILE [--key FILE] [--actor NAME] | seal keygen KEYFILE [--json]',
    summary: 'a small file that states how far the journal has come, to be kept elsewhere; signed with a key',
    options: text('out', 'key', 'actor'),
    positionals: [1, 2],
    load: () => import('./commands/seal'),
  },
  {
    name: 'acquired',
    usage:
      'acquired CASE add FILE… [--by NAME] [--at TIME] [--how TEXT] [--tool NAME] [--system NAME] [--text T] [--actor NAME] | list [--json]',
    summary: 'who took a file, when, how, with what, from which system',
    options: text('by', 'at', 'how', 'tool', 'system', 'text', 'actor'),
    positionals: [2, 10_000],
    load: () => import('./commands/acquired'),
  },
  {
    name: 'accept',
    usage: 'accept CASE [--actor NAME] [--json]',
    summary: 'let a case from elsewhere be worked on; until then it is open for reading',
    options: text('actor'),
    positionals: [1, 1],
    load: () => import('./commands/accept'),
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
