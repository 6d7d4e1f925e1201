import { afterEach, describe, expect, it } from 'vitest'
import { resolveOptions } from '../../../../scripts/generate/options.mjs'
import { generate } from '../../../../scripts/generate/run.mjs'
import { scenarios } from '../../../../scripts/generate/scenarios.mjs'
import { type EventTruth, type Generated, generated } from '../../../support/generated'

const made: Generated[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.remove()
})
function workload(options: Parameters<typeof generated>[0]): Generated {
  const one = generated(options)
  made.push(one)
  return one
}

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0)

/** What is wrong with a row of the truth, told by the files. */
function faults({ spans, records }: Generated, event: EventTruth): readonly string[] {
  const text = records(event.file)[event.record] ?? ''
  const named = event.source === 'http_access' || event.source === 'pgaudit' || text.includes(event.id ?? '?')
  const ids = [event.span_id, ...(event.same ?? []), ...(event.path ?? [])]
  const inTrace = [...(event.link === 'trace' ? spans.keys() : [])].some((key) => key.startsWith(`${event.trace_id}/`))
  const right = {
    pair: ids.every((id) => spans.has(`${event.trace_id}/${id}`)) && event.verdict === 'explained',
    trace: event.span_id === undefined && inTrace && event.why !== undefined,
    orphan: event.span_id === undefined && event.trace_id === undefined && event.why !== undefined,
  }[event.link]
  return text !== '' && named && right ? [] : [JSON.stringify(event)]
}

describe('a workload', () => {
  it('has the same bytes for the same seed, and others for another', () => {
    const first = workload({ seed: 11 }).hashes()
    expect(workload({ seed: 11 }).hashes()).toEqual(first)
    const other = workload({ seed: 12 }).hashes()
    expect([...other.values()].filter((hash) => [...first.values()].includes(hash))).toEqual([])
  })

  it.each(Object.keys(scenarios))('adds up, and tells of pairs that are in the files: %s', (scenario) => {
    const all = workload({ scenario })
    const { summary, events, gaps, spans, records } = all
    const { counts } = summary
    // What one person does at the end is not cut off, so that it can be some more.
    expect(sum(counts.produced)).toBeGreaterThanOrEqual(1_000)
    expect(sum(counts.produced)).toBeLessThan(1_300)
    expect(events).toHaveLength(sum(counts.events))
    expect(gaps).toHaveLength(
      sum(Object.fromEntries(Object.entries(counts.gaps).map(([source, of]) => [source, sum(of)]))),
    )
    expect(spans.size).toBe(sum(counts.spans))
    for (const [source, count] of Object.entries(counts.events)) {
      expect(events.filter((event) => event.source === source)).toHaveLength(count)
      expect(sum(counts.links[source] ?? {})).toBe(count)
    }
    const places = new Set(events.map(({ file, record }) => `${file} ${record}`))
    expect(places.size).toBe(events.length)
    for (const { path, records: stated } of summary.files.filter(({ path }) =>
      /^(?:cloudtrail|kubernetes|okta|gateway)/.test(path),
    )) {
      expect(records(path)).toHaveLength(stated)
    }
    expect(summary.truth).toHaveLength(events.length + gaps.length)
    expect(events.flatMap((event) => faults(all, event))).toEqual([])
    expect(gaps.filter((gap) => !spans.has(`${gap.trace_id}/${gap.span_id}`))).toEqual([])
    const kinds = new Set(summary.incidents.map(({ kind }) => kind))
    for (const kind of [
      'out-of-band-read',
      'stolen-key',
      'role-chain',
      'credential-stuffing',
      'bulk-read',
      'policy-change-denial',
    ])
      expect(kinds).toContain(kind)
  })

  it('says nothing of the truth in its files', () => {
    const { text } = workload({ scenario: 'hardest', scale: 3_000 })
    expect(text('')).not.toMatch(
      /out[-_]of[-_]band|stolen|stuffing|attack|intruder|incident|orphan|verdict|truth|bulk[-_]read/i,
    )
  })

  it('names only documentation and private addresses, example keys and example.com', () => {
    const all = workload({ scenario: 'nat-30', scale: 3_000 }).text('')
    const addresses = new Set(all.match(/(?<![\d./-])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g))
    const known = /^(?:10\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|1[0-9]{2}\.0\.0\.0$)/
    expect([...addresses].filter((address) => !known.test(address))).toEqual([])
    const keys = new Set(all.match(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g))
    expect([...keys].filter((key) => !key.endsWith('EXAMPLE'))).toEqual([])
    const mails = new Set(all.match(/[\w.-]+@[\w-]+(?:\.[\w-]+)+/g))
    expect([...mails].filter((mail) => !mail.endsWith('@example.com'))).toEqual([])
  })

  it('is never written over something else', () => {
    const one = workload({})
    expect(() => generate(one.exports, resolveOptions({ scale: 1_000 }))).toThrow(/not empty/)
  })
})
