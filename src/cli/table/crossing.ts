/** Links between events and spans, and what follows from them. */
import { type CommandEntry, flag, text } from './entry'

export const crossingCommands: readonly CommandEntry[] = [
  {
    name: 'link',
    usage: 'link CASE [--json]',
    summary: 'compute the links between events and spans',
    options: [],
    positionals: [1, 1],
    load: () => import('../commands/link'),
  },
  {
    name: 'links',
    usage:
      'links CASE [--where FILTER] [--limit N] | --confirm EVENT/TRACE/SPAN | --reject … | --clear … [--actor NAME] [--json]',
    summary: 'links with their evidence as JSON lines; confirm or reject one',
    options: text('where', 'limit', 'confirm', 'reject', 'clear', 'actor'),
    positionals: [1, 1],
    load: () => import('../commands/links'),
  },
  {
    name: 'clocks',
    usage: 'clocks CASE [--set SOURCE --offset MILLISECONDS [--service NAME] [--off] [--actor NAME]] [--json]',
    summary: 'how far the clocks of sources are off, measured, suggested or set',
    options: [...text('set', 'offset', 'service', 'actor'), ...flag('off')],
    positionals: [1, 1],
    load: () => import('../commands/clocks'),
  },
  {
    name: 'identity',
    usage: 'identity CASE list [TEXT] [--limit N] | merge KEY KEY | split KEY | clear KEY KEY [--actor NAME] [--json]',
    summary: 'who is the same behind several actor keys, and why; merge or split them',
    options: text('limit', 'actor'),
    positionals: [2, 4],
    load: () => import('../commands/identity'),
  },
  {
    name: 'coverage',
    usage: 'coverage CASE [--where F] [--buckets N] [--json]',
    summary: 'where traces cover the accesses: events, spans, links, rates',
    options: text('where', 'buckets'),
    positionals: [1, 1],
    load: () => import('../commands/coverage'),
  },
  {
    name: 'out-of-band',
    usage: 'out-of-band CASE [--where F] [--verdict V,…|all] [--limit N] [--json]',
    summary: 'accesses that went past the traced paths, with reasons',
    options: text('where', 'verdict', 'limit'),
    positionals: [1, 1],
    load: () => import('../commands/outOfBand'),
  },
  {
    name: 'audit-gaps',
    usage: 'audit-gaps CASE [--where F] [--limit N] [--json]',
    summary: 'traced calls without their audit event; silences of sources',
    options: text('where', 'limit'),
    positionals: [1, 1],
    load: () => import('../commands/auditGaps'),
  },
  {
    name: 'path',
    usage: 'path CASE EVENT_ID [--json]',
    summary: 'the path to a denial: identity, change, request, refusal',
    options: [],
    positionals: [2, 2],
    load: () => import('../commands/path'),
  },
]
