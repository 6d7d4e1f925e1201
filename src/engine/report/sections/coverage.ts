import type { Block } from '../../../contract/reportBlocks'
import type { ModelAnalyses } from '../model'
import { count, leftOut } from '../words'
import type { Print, Section } from './section'
import { joined } from './values'

export const coverage: Section = {
  id: 'coverage',
  title: 'Coverage, clocks, and what was not claimed',
  build(model, print) {
    const { analyses } = model
    return [
      ...(analyses.coverage === null ? [] : areaBlocks(analyses.coverage.value, print)),
      ...(analyses.clocks === null ? [] : clockBlocks(analyses.clocks.value, print)),
      ...(analyses.outOfBand === null ? [] : restraint(analyses.outOfBand.value, print)),
    ]
  },
}

type Value<Name extends keyof ModelAnalyses> = NonNullable<ModelAnalyses[Name]>['value']

function areaBlocks({ rows: all, total }: Value<'coverage'>, print: Print): Block[] {
  if (all.length === 0) return []
  const { say, label } = print
  const rows = all.filter(({ linked, rate }) => linked > 0 || rate !== null)
  // Areas that no trace reaches all say the same.
  const beyond = all.filter((row) => !rows.includes(row))
  const uncovered =
    beyond.length === 0
      ? null
      : say('Not covered by traces: {areas} areas with {events} accesses.', {
          areas: count(beyond.length),
          events: count(beyond.reduce((sum, { events }) => sum + events, 0)),
        })
  return [
    {
      kind: 'paragraph',
      text: say(
        'How many accesses of each area come with a trace. A missing trace says something only where traces cover the area.',
      ),
    },
    {
      kind: 'table',
      columns: [
        { title: say('Source'), align: 'left', width: 0 },
        { title: say('Area'), align: 'left', width: 1 },
        { title: say('Events'), align: 'right', width: 0 },
        { title: say('With a trace'), align: 'right', width: 0 },
        { title: say('Rate of traced programs'), align: 'left', width: 1 },
      ],
      rows: rows.map(({ source, area, events, linked, rate }) => [
        source ?? '',
        area,
        count(events),
        count(linked),
        rate === null
          ? say('not covered')
          : rate.basis === 'declared'
            ? `${percent(rate.value)}, ${label('declared')}`
            : say('{rate} ({low} to {high}) of {n}', {
                rate: percent(rate.value),
                low: percent(rate.low),
                high: percent(rate.high),
                n: count(rate.n),
              }),
      ]),
      note: joined(uncovered ?? '', leftOut(all.length, total, print) ?? '') || null,
    },
  ]
}

function percent(share: string): string {
  return `${Number((Number(share) * 100).toFixed(1))} %`
}

const bases: Readonly<Record<string, string>> = {
  links: 'exact links',
  pairs: 'pairs without a rival',
  search: 'a search',
  set: 'the analyst alone',
}

function clockBlocks({ rows, total }: Value<'clocks'>, print: Print): Block[] {
  if (rows.length === 0) return []
  const { say, label } = print
  const seconds = (us: number) => `${us > 0 ? '+' : ''}${(us / 1e6).toFixed(3)} s`
  return [
    { kind: 'heading', text: say('Clocks') },
    {
      kind: 'paragraph',
      text: say(
        'How far the clock of a source is ahead of the traces, as it was used to link them. Printed times are those of the sources and were not moved.',
      ),
    },
    {
      kind: 'table',
      columns: [
        { title: say('Source'), align: 'left', width: 0 },
        { title: say('Against'), align: 'left', width: 1 },
        { title: say('Offset'), align: 'right', width: 0 },
        { title: say('Scatter'), align: 'right', width: 0 },
        { title: say('Pairs'), align: 'right', width: 0 },
        { title: say('From'), align: 'left', width: 1 },
      ],
      rows: rows.map(({ source, service, offsetUs, jitterUs, pairs, basis, suggested, set }) => [
        source,
        service ?? say('all services'),
        seconds(set?.enabled === true ? set.offsetUs : offsetUs),
        seconds(jitterUs).replace('+', ''),
        count(pairs),
        suggested
          ? say('suggested, not in use')
          : set === null
            ? label(Object.hasOwn(bases, basis) ? (bases[basis] ?? basis) : basis)
            : set.enabled
              ? say('set by the analyst')
              : say('switched off by the analyst'),
      ]),
      note: leftOut(rows.length, total, print),
    },
  ]
}

function restraint(found: Value<'outOfBand'>, { say }: Print): Block[] {
  const rows = [
    [say('Accesses with a certain or strong link to a trace'), found.explained],
    [say('Unlinked, but a trace that was not kept, or a likely link, explains them'), found.explainable],
    [say('Unlinked where traces do not reach, so that nothing follows'), found.outOfCoverage],
    [say('Out of band'), found.outOfBand],
  ] as const
  if (rows.every(([, n]) => n === 0)) return []
  return [
    { kind: 'heading', text: say('What was claimed, and what was not') },
    {
      kind: 'table',
      columns: [
        { title: say('Accesses to an interface, to data, or by a statement'), align: 'left', width: 1 },
        { title: say('Count'), align: 'right', width: 0 },
      ],
      rows: rows.map(([words, n]) => [words, count(n)]),
      note: null,
    },
  ]
}
