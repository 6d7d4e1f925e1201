/** One cell and seed: generated, imported, linked by the built command line, and read back beside what is true. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const maxBuffer = 1 << 30

/**
 * @typedef {object} LinkFact
 * @property {string} source
 * @property {'pair' | 'trace' | 'orphan'} truth
 * @property {string} why
 * @property {readonly string[]} spans ids of the spans that are right
 * @property {string | null} trace the true trace
 * @property {string | null} level
 * @property {string} method
 * @property {number} score
 * @property {number | null} margin
 * @property {number | null} probability
 * @property {number} rivals
 * @property {string | null} linkedTrace
 * @property {string | null} linkedSpan
 * @property {number} timeUs as stated
 * @property {string | null} actor
 * @property {Record<string, Guess>} baselines
 */

/** @typedef {{ trace: string | null, span: string | null }} Guess what a method says that knows no better */

/** @param {string} cli @param {readonly string[]} words */
export function run(cli, words) {
  return execFileSync(process.execPath, [cli, ...words], {
    encoding: 'utf8',
    maxBuffer,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** @param {string} cli @param {string} path @param {string} query @returns {Record<string, unknown>[]} */
export function rowsOf(cli, path, query) {
  return JSON.parse(run(cli, ['sql', path, query, '--limit', '100000', '--json'])).rows
}

/**
 * @param {{ cli: string, folder: string, scenario: string, seed: number, scale: number, accept: boolean }} options
 * @returns {{ path: string, seconds: number, facts: LinkFact[] }}
 */
export function linkedCase({ cli, folder, scenario, seed, scale, accept }) {
  const name = `${scenario.replaceAll(/[^a-z0-9+-]/g, '_')}-${scale}-${seed}`
  const data = join(folder, name)
  const path = join(folder, `${name}.case`)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(data, 'truth.json'))) {
    rmSync(data, { recursive: true, force: true })
    const words = [
      '--out',
      data,
      '--seed',
      String(seed),
      '--scale',
      String(scale),
      '--scenario',
      scenario,
      '--metrics',
      'none',
    ]
    execFileSync(process.execPath, [join(root, 'scripts/generate.mjs'), ...words], { stdio: 'ignore' })
  }
  const started = Date.now()
  if (existsSync(join(path, 'case.json'))) run(cli, ['link', path, '--json'])
  else run(cli, ['import', path, join(data, 'exports'), '--json'])
  if (accept) agree(cli, path)
  const seconds = (Date.now() - started) / 1000
  const facts = join(data, accept ? 'facts-agreed.json' : 'facts.json')
  const read = factsOf(cli, path, data)
  writeFileSync(facts, JSON.stringify(read))
  return { path, seconds, facts: read }
}

/** What an analyst does who agrees to every suggestion. @param {string} cli @param {string} path */
function agree(cli, path) {
  const { clocks } = JSON.parse(run(cli, ['clocks', path, '--json']))
  for (const { source, service, suggested, offsetUs } of clocks)
    if (suggested === true && service === null)
      run(cli, ['clocks', path, '--set', source, '--offset', String(offsetUs / 1000), '--json'])
  run(cli, ['link', path, '--json'])
}

/** Spans as a baseline sees them, the nearest before or after, at most five seconds away. @param {string} same */
const nearest = (same) => `
  SELECT event_id, arg_min(trace_id, (far, trace_id, span_id)) AS trace, arg_min(span_id, (far, trace_id, span_id)) AS span FROM (
    SELECT e.event_id, s.trace_id, s.span_id, e.at - s.at AS far FROM e ASOF JOIN s ON ${same} e.at >= s.at
    UNION ALL SELECT e.event_id, s.trace_id, s.span_id, s.at - e.at FROM e ASOF JOIN s ON ${same} e.at <= s.at
  ) WHERE far <= 5000000 GROUP BY event_id`

const baselineQueries = {
  'nearest in time': `WITH e AS (SELECT event_id, epoch_us(ts) AS at FROM access_event WHERE ts IS NOT NULL),
    s AS (SELECT trace_id, span_id, start_ns // 1000 AS at FROM span) ${nearest('')}`,
  'actor and nearest in time': `WITH
    e AS (SELECT event_id, epoch_us(ts) AS at, unnest([lower(actor_email), lower(actor_name)]) AS who FROM access_event WHERE ts IS NOT NULL),
    t AS (SELECT trace_id, min(user_id) AS who FROM span WHERE user_id IS NOT NULL GROUP BY trace_id),
    s AS (SELECT trace_id, span_id, start_ns // 1000 AS at, unnest([lower(t.who), lower(db_user), lower(service)]) AS who FROM span LEFT JOIN t USING (trace_id))
    ${nearest('e.who = s.who AND')}`,
}

/** @param {string} cli @param {string} path @returns {[string, Map<string, Guess>][]} */
function guesses(cli, path) {
  return Object.entries(baselineQueries).map(([name, query]) => [
    name,
    new Map(
      rowsOf(cli, path, query).map((row) => [String(row.event_id), { trace: text(row.trace), span: text(row.span) }]),
    ),
  ])
}

/** @param {string} cli @param {string} path @param {string} data @returns {LinkFact[]} */
function factsOf(cli, path, data) {
  const found = rowsOf(
    cli,
    path,
    `SELECT e.event_id::VARCHAR AS id, f.name AS file, e.record_no::INTEGER AS record, e.source, epoch_us(e.ts)::VARCHAR AS ts, e.actor_key AS actor,
       l.level, l.method, l.score, l.margin, l.probability, l.rivals, l.trace_id AS trace, l.span_id AS span
     FROM access_event e JOIN source_file f ON f.import_id = e.import_id
     LEFT JOIN (SELECT * FROM link QUALIFY row_number() OVER (PARTITION BY event_id
       ORDER BY list_position(['certain', 'strong', 'likely', 'possible'], level), score DESC, link_id) = 1) l ON l.event_id = e.event_id
     ORDER BY e.seq`,
  )
  /** @type {Map<string, Record<string, unknown>>} */
  const byPlace = new Map(found.map((row) => [`${row.file}#${row.record}`, row]))
  const byBaseline = guesses(cli, path)
  /** @type {LinkFact[]} */
  const facts = []
  for (const line of readFileSync(join(data, 'truth.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue
    const row = JSON.parse(line)
    if (row.row !== 'event') continue
    const event = byPlace.get(`${row.file}#${row.record}`)
    if (event === undefined) throw new Error(`The event ${row.file}#${row.record} is not in the case.`)
    facts.push({
      source: row.source,
      truth: row.link,
      why: row.why ?? '',
      spans: row.span_id === undefined ? [] : [row.span_id, ...(row.same ?? [])],
      trace: row.trace_id ?? null,
      level: text(event.level),
      method: text(event.method) ?? '',
      score: Number(event.score ?? 0),
      margin: event.margin === null ? null : Number(event.margin),
      probability: event.probability === null ? null : Number(event.probability),
      rivals: Number(event.rivals ?? 0),
      linkedTrace: text(event.trace),
      linkedSpan: text(event.span),
      timeUs: Number(event.ts),
      actor: text(event.actor),
      baselines: Object.fromEntries(
        byBaseline.map(([name, found]) => [name, found.get(String(event.id)) ?? { trace: null, span: null }]),
      ),
    })
  }
  return facts
}

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : null)
