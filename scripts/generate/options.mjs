/** What can be varied, one entry an axis, and how it is read from the command line. */
import { parseArgs } from 'node:util'
import { scenarios } from './scenarios.mjs'

export const sources = /** @type {const} */ (['cloudtrail', 'k8s_audit', 'pgaudit', 'okta', 'http_access'])

/** @typedef {(typeof sources)[number]} Source */

/** @typedef {Readonly<Record<Source, number>>} PerSource */

/**
 * @template T
 * @typedef {{ readonly initial: string, readonly read: (text: string) => T | undefined, readonly values: string, readonly about: string }} Axis
 */

/** @param {string} initial @param {string} about @param {{ least?: number, most?: number, whole?: boolean }} [range] @returns {Axis<number>} */
function number(initial, about, { least = 0, most = Number.MAX_SAFE_INTEGER, whole = false } = {}) {
  return { initial, about, values: whole ? 'N' : 'X', read: (text) => numberIn(text, { least, most, whole }) }
}

/** @param {string} initial @param {string} about @returns {Axis<number>} */
const share = (initial, about) => ({ ...number(initial, about, { most: 1 }), values: '0…1' })

/** @template {string} T @param {readonly T[]} allowed @param {string} about @returns {Axis<T>} the first is the default */
function choice(allowed, about) {
  const read = (/** @type {string} */ text) => allowed.find((value) => value === text)
  return { initial: allowed[0] ?? '', about, values: allowed.join('|'), read }
}

/** @param {string} about @param {boolean} [initial] @returns {Axis<boolean>} */
function flag(about, initial = false) {
  const read = (/** @type {string} */ text) => (text === 'yes' ? true : text === 'no' ? false : undefined)
  return { initial: initial ? 'yes' : 'no', about, values: 'yes|no', read }
}

/** One number for all sources, or `source=number` parted by commas; others stay 0. @param {string} about @returns {Axis<PerSource>} */
function perSource(about) {
  return { initial: '0', about, values: 'X | source=X,…', read: perSourceIn }
}

/** @param {string} initial @param {string} about @param {readonly string[]} [allowed] @returns {Axis<readonly string[]>} */
function names(initial, about, allowed) {
  /** @param {string} text */
  const read = (text) => {
    const list = text.split(',').filter((name) => name !== '' && name !== 'none')
    return allowed === undefined || list.every((name) => allowed.includes(name)) ? list : undefined
  }
  return { initial, about, values: 'name,…|none', read }
}

/** @param {string} text @param {{ least: number, most: number, whole: boolean }} range */
function numberIn(text, { least, most, whole }) {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined
  const value = Number(text)
  return value < least || value > most || (whole && !Number.isInteger(value)) ? undefined : value
}

/** @param {string} text @returns {PerSource | undefined} */
function perSourceIn(text) {
  const range = { least: -1e9, most: 1e9, whole: false }
  const found = { cloudtrail: 0, k8s_audit: 0, pgaudit: 0, okta: 0, http_access: 0 }
  const all = numberIn(text, range)
  for (const part of all === undefined ? text.split(',') : sources.map((source) => `${source}=${text}`)) {
    const [name = '', amount = ''] = part.split('=')
    const source = sources.find((known) => known === name)
    const value = numberIn(amount, range)
    if (source === undefined || value === undefined) return undefined
    found[source] = value
  }
  return found
}

export const axes = {
  concurrent: number('10', 'people at work at once in the busiest hour', { least: 1, most: 5_000, whole: true }),
  think: number('10', 'seconds between two requests of one person, mean', { least: 0.1, most: 3_600 }),
  people: number('40', 'people who have an account', { least: 2, most: 5_000, whole: true }),
  'hot-actor': share('0', 'share of the requests that one person makes'),
  actors: choice(['service', 'shared', 'person'], 'whose identity databases and cloud see'),
  nat: number('1', 'people behind one address', { least: 1, most: 5_000, whole: true }),
  pooler: flag('all database connections come from one pooler'),
  'actor-on-spans': share('1', 'share of the requests whose spans name the person'),
  'http-user': share('0.5', 'share of the access log lines that name the person'),
  offset: perSource('seconds by which the clock of a source is ahead of the traces'),
  drift: perSource('parts per million by which it runs fast'),
  jitter: perSource('milliseconds, deviation of the stated time'),
  precision: choice(['native', 's', 'ms'], 'of stated times, where the source could state more'),
  'ids-removed': share('0', 'share of the operations whose joining id stands nowhere'),
  'ids-wrong': share('0', 'share of the operations that carry the id of an earlier one'),
  'sql-tags': flag('statements carry application and route in a comment'),
  sampling: share('1', 'share of the traces that are kept'),
  'sampling-kind': choice(['head', 'tail'], 'decided at the start, or at the end with errors and slow ones kept'),
  'sampling-declared': flag('spans state the rate in their trace state', true),
  'drop-audit': share('0', 'share of the audit records that are lost'),
  silent: names('', 'sources that fall silent for a while', sources),
  'drop-spans': share('0', 'share of the spans that are lost one by one'),
  uninstrumented: names('billing-legacy,report-runner', 'services without spans; `backends` stands for all of them'),
  retries: share('0.01', 'share of the operations that fail at first and are repeated'),
  bursts: number('0.5', 'bursts of requests in a thousand events', { most: 100 }),
  incidents: number('1', 'planted incidents of each kind in 5,000 events, at least one; 0 for none', { most: 50 }),
  sources: names(sources.join(','), 'which audit logs are written', sources),
  'pg-format': choice(['csv', 'json', 'stderr'], 'rendering of the PostgreSQL log'),
  'http-format': choice(['json', 'combined'], 'rendering of the access log; combined has no request id'),
  metrics: choice(['otlp', 'prometheus', 'none'], 'rendering of the metrics'),
}

/** `ids` is short for the two shares. @type {Readonly<Record<string, Readonly<Record<string, string>>>>} */
const idShorthands = {
  all: { 'ids-removed': '0', 'ids-wrong': '0' },
  half: { 'ids-removed': '0.5', 'ids-wrong': '0' },
  none: { 'ids-removed': '1', 'ids-wrong': '0' },
  wrong: { 'ids-removed': '0', 'ids-wrong': '1' },
}

/**
 * @typedef {{ [K in keyof typeof axes]: (typeof axes)[K] extends Axis<infer T> ? T : never }} AxisValues
 * @typedef {{ seed: number, scale: number, scenario: string, axes: AxisValues, chosen: Readonly<Record<string, string>> }} Options
 */

/**
 * @param {{ seed?: number, scale?: number, scenario?: string, axes?: Readonly<Record<string, string>> }} wanted axes as text; they win over the scenario
 * @returns {Options}
 */
export function resolveOptions({ seed = 1, scale = 10_000, scenario = 'plain', axes: given = {} }) {
  /** @type {Record<string, string>} */
  const chosen = {}
  for (const name of scenario.split(',')) {
    if (!Object.hasOwn(scenarios, name)) throw new Error(`There is no scenario "${name}". See --list.`)
    Object.assign(chosen, expand(scenarios[name]?.axes ?? {}))
  }
  Object.assign(chosen, expand(given))
  const values = Object.entries(axes).map(([name, axis]) => {
    const text = chosen[name] ?? axis.initial
    const value = axis.read(text)
    if (value === undefined) throw new Error(`--${name} takes ${axis.values}, not "${text}".`)
    return [name, value]
  })
  for (const name of Object.keys(chosen)) {
    if (!Object.hasOwn(axes, name)) throw new Error(`There is no axis "${name}".`)
  }
  return { seed, scale, scenario, axes: Object.fromEntries(values), chosen }
}

/** @param {Readonly<Record<string, string>>} given */
function expand(given) {
  const { ids, ...rest } = given
  if (ids === undefined) return rest
  const shares = Object.hasOwn(idShorthands, ids) ? idShorthands[ids] : undefined
  if (shares === undefined) throw new Error(`--ids takes all|half|none|wrong, not "${ids}".`)
  return { ...shares, ...rest }
}

/**
 * @param {readonly string[]} args
 * @returns {{ list: true } | { list: false, out: string, options: Options }}
 */
export function readArguments(args) {
  const text = /** @type {const} */ ({ type: 'string' })
  const axisOptions = Object.fromEntries([...Object.keys(axes), 'ids'].map((name) => [name, text]))
  const { values } = parseArgs({
    args: [...args],
    options: { ...axisOptions, out: text, seed: text, scale: text, scenario: text, list: { type: 'boolean' } },
  })
  if (values.list === true) return { list: true }
  const { out, seed = '1', scale = '10000', scenario = 'plain', list: _list, ...given } = values
  if (typeof out !== 'string') throw new Error('--out DIR is missing.')
  const seedNo = numberIn(String(seed), { least: 0, most: 999_999_999, whole: true })
  const scaleNo = numberIn(String(scale).replaceAll('_', ''), { least: 100, most: 20_000_000, whole: true })
  if (seedNo === undefined) throw new Error('--seed takes a whole number up to 999999999.')
  if (scaleNo === undefined) throw new Error('--scale takes the number of access events, 100 to 20000000.')
  const chosen = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const options = resolveOptions({ seed: seedNo, scale: scaleNo, scenario: String(scenario), axes: chosen })
  return { list: false, out, options }
}
