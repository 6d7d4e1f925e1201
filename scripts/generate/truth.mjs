/**
 * What is true of the files: a row for each audit record and for each span whose record is missing, written as the
 * files are, and a summary at the end. docs/generator.md says how to read it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textFile } from './base/files.mjs'

/** Up to so many rows stand in `truth.json` too. */
const maxInline = 20_000

/**
 * @typedef {Record<string, unknown> & { id: string, kind: string, source: string }} Incident
 *
 * @typedef {ReturnType<typeof truthOf>} Truth
 */

/** @param {import('./options.mjs').Options} options @param {string} out */
export function truthOf(options, out) {
  const rows = textFile(join(out, 'truth.jsonl'))
  /** @type {unknown[] | undefined} */
  let inline = []
  /** @type {Record<string, number>} */
  const events = {}
  /** @type {Record<string, number>} */
  const produced = {}
  /** @type {Record<string, number>} */
  const spans = {}
  /** @type {Record<string, Record<string, number>>} */
  const links = {}
  /** @type {Record<string, Record<string, number>>} */
  const gaps = {}
  /** @type {{ path: string, records: number }[]} */
  const files = []
  /** @type {Incident[]} */
  const incidents = []
  let total = 0
  /** @param {object} row */
  const write = (row) => {
    rows.write(`${JSON.stringify(row)}\n`)
    inline?.push(row)
    if (inline !== undefined && inline.length > maxInline) inline = undefined
  }
  return {
    get total() {
      return total
    },
    /** An audit record came into being, whether or not it is written. @param {string} source */
    produced: (source) => {
      total++
      add(produced, source)
    },
    /**
     * @param {string} source
     * @param {string | undefined} id
     * @param {import('./base/files.mjs').Place} place
     * @param {Record<string, unknown>} facts
     */
    event: (source, id, place, facts) => {
      add(events, source)
      const of = Object.hasOwn(links, source) ? links[source] : undefined
      const counts = of ?? {}
      links[source] = counts
      add(counts, `${String(facts.link)}${facts.why === undefined ? '' : `: ${String(facts.why)}`}`)
      write({ row: 'event', source, ...(id === undefined ? {} : { id }), ...place, ...facts })
    },
    /** @param {string} source @param {{ traceId: string, spanId: string }} span @param {string} why @param {readonly string[]} same other spans of the operation */
    gap: (source, { traceId, spanId }, why, same) => {
      const counts = (Object.hasOwn(gaps, source) ? gaps[source] : undefined) ?? {}
      gaps[source] = counts
      add(counts, why)
      write({ row: 'span', source, trace_id: traceId, span_id: spanId, ...(same.length === 0 ? {} : { same }), why })
    },
    /** @param {unknown} service */
    span: (service) => add(spans, String(service)),
    /** @param {string} path @param {number} records */
    file: (path, records) => {
      files.push({ path, records })
    },
    /** Kept until the end, so that it can still grow. @param {Incident} incident */
    incident: (incident) => {
      incidents.push(incident)
      return incident
    },
    /** @param {Record<string, unknown>} facts */
    close: (facts) => {
      rows.close()
      const summary = {
        version: 1,
        seed: options.seed,
        scale: options.scale,
        scenario: options.scenario,
        axes: options.axes,
        ...facts,
        counts: { produced, events, links, spans, gaps },
        incidents,
        files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
        rows: 'truth.jsonl',
        ...(inline === undefined ? {} : { truth: inline }),
      }
      writeFileSync(join(out, 'truth.json'), `${JSON.stringify(summary, null, 1)}\n`)
      return { events, spans, files: files.length, total }
    },
  }
}

/** @param {Record<string, number>} counts @param {string} key */
function add(counts, key) {
  counts[key] = (counts[key] ?? 0) + 1
}
