/** The analyst’s work. */
import { type CommandEntry, flag, targetOptions, text, texts } from './entry'

export const caseworkCommands: readonly CommandEntry[] = [
  {
    name: 'note',
    usage:
      'note CASE add (--event ID | --trace ID | --span TRACE/SPAN | --target KIND:ID | --case)… --text T [--tag T…] | list | edit ID --text T | delete ID [--actor NAME] [--json]',
    summary: 'notes: add prints the id once the note is durable',
    options: [...text('text', 'actor'), ...texts('tag'), ...targetOptions],
    positionals: [2, 3],
    load: () => import('../commands/note'),
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
    load: () => import('../commands/mark'),
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
    load: () => import('../commands/finding'),
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
    load: () => import('../commands/hypothesis'),
  },
  {
    name: 'task',
    usage:
      'task CASE add --title T | edit ID | list | delete ID [--text T] [--assignee NAME] [--status open|done|dropped] [--actor NAME] [--json]',
    summary: 'what is to be done',
    options: text('title', 'text', 'assignee', 'status', 'actor'),
    positionals: [2, 3],
    load: () => import('../commands/task'),
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
    load: () => import('../commands/incident'),
  },
  {
    name: 'indicator',
    usage:
      'indicator CASE add KIND VALUE [--confirmed] | confirm ID | dismiss ID | delete ID | list | extract [--where FILTER] [--limit N] [--verdict V] [--text T] [--actor NAME] [--json]',
    summary: 'addresses, accounts, keys, hashes and domains, and where they are seen',
    options: [...text('where', 'limit', 'verdict', 'text', 'actor'), ...flag('confirmed')],
    positionals: [2, 4],
    load: () => import('../commands/indicator'),
  },
  {
    name: 'work',
    usage: 'work CASE undo [SEQ] | redo | search WORDS | history KIND ID [--actor NAME] [--json]',
    summary: 'take the last act of case work back, or one of the history; search; what was done to an item',
    options: text('actor'),
    positionals: [2, 100],
    load: () => import('../commands/work'),
  },
]
