/**
 * One trace while it is made: its spans, and the audit records of its operations. At its end it is known which spans
 * are kept, so that each record's row of the truth can be written.
 */

/**
 * @typedef {import('../sources/traces.mjs').Span} Span
 * @typedef {import('../sources/auditSource.mjs').Facts} Facts
 *
 * @typedef {Span & { recorded: boolean, kept: boolean, above: OpenSpan | undefined, fate: import('./ids.mjs').IdFate }} OpenSpan
 *
 * @typedef {object} Pending
 * @property {import('../sources/auditSource.mjs').AuditSource} source
 * @property {import('../sources/auditSource.mjs').AuditRecord | undefined} record missing where the source's policy leaves it out
 * @property {OpenSpan | undefined} span of the operation
 * @property {readonly OpenSpan[]} same other spans of the same operation
 * @property {Facts} facts
 */

/** Longer traces count as slow for tail sampling. */
const slowUs = 1_500_000

export class Trace {
  /** @type {import('../simulation.mjs').Simulation} */
  #sim
  /** @type {OpenSpan[]} */
  #spans = []
  /** @type {Pending[]} */
  #pending = []
  /** Kept spans without a record so far. @type {Map<OpenSpan, { source: string, why: string, same: readonly OpenSpan[] }>} */
  #missing = new Map()
  /** @type {Set<OpenSpan>} */
  #found = new Set()
  /** @type {string | undefined} why there are no spans at all */
  #untraced
  /** @type {Facts} */
  #common

  /**
   * @param {import('../simulation.mjs').Simulation} sim
   * @param {{ untraced?: string, common?: Facts }} [options] `untraced`: why nothing of it is traced
   */
  constructor(sim, { untraced, common = {} } = {}) {
    this.#sim = sim
    this.#untraced = untraced
    this.#common = common
    this.traceId = sim.sampler.newTraceId()
    this.sampled = untraced === undefined && sim.sampler.head(this.traceId)
  }

  /** Facts that every record of it gets from now on. @param {Facts} facts */
  mark(facts) {
    this.#common = { ...this.#common, ...facts }
  }

  /**
   * @param {Omit<Span, 'traceId' | 'spanId' | 'parent' | 'traceState' | 'toUs' | 'resource'> & { resource: import('../sources/traces.mjs').Resource | undefined, above?: OpenSpan | undefined }} span without a resource it is not recorded
   * @returns {OpenSpan} its end and error are set later
   */
  open({ resource, above, ...span }) {
    /** @type {OpenSpan} */
    const opened = {
      ...span,
      traceId: this.traceId,
      spanId: this.#sim.sampler.newSpanId(),
      resource: resource ?? { key: '', clockUs: 0, attributes: {} },
      above,
      toUs: span.fromUs,
      recorded: resource !== undefined && this.#untraced === undefined,
      kept: false,
      fate: 'kept',
    }
    // What is not recorded still passes the context on, so its parent becomes theirs.
    const parent = recordedAbove(opened)
    if (parent !== undefined) opened.parent = parent.spanId
    if (opened.recorded) this.#spans.push(opened)
    return opened
  }

  /** @param {Pending['source']} source @param {Pending['record']} record @param {OpenSpan | undefined} span @param {Facts} [facts] @param {readonly OpenSpan[]} [same] */
  audit(source, record, span, facts = {}, same = []) {
    this.#pending.push({ source, record, span, same, facts: { ...this.#common, ...facts } })
  }

  /** A span that looks as if it had an audit record, and by the policy of its source has none. @param {OpenSpan} span @param {Pending['source']} source */
  notAudited(span, source) {
    this.#pending.push({ source, record: undefined, span, same: [], facts: {} })
  }

  end() {
    const sim = this.#sim
    const keep = this.sampled && sim.sampler.tail(this.#spans, slowUs)
    for (const span of this.#spans) {
      span.kept = keep && !sim.sampler.lost()
      if (span.kept) sim.traces.emit({ ...span, ...sim.sampler.traceState() })
    }
    const someKept = this.#spans.some(({ kept }) => kept)
    for (const pending of this.#pending) this.#settle(pending, keep, someKept)
    for (const [span, { source, why, same }] of this.#missing) {
      const others = same.filter((other) => other !== span && other.kept).map(({ spanId }) => spanId)
      sim.truth.gap(source, span, why, others)
    }
  }

  /** @param {Pending} pending @param {boolean} keep @param {boolean} someKept */
  #settle({ source, record, span, same, facts }, keep, someKept) {
    const shown = span?.kept === true ? span : same.find(({ kept }) => kept)
    if (record === undefined) {
      if (shown !== undefined) this.#missing.set(shown, { source: source.name, why: 'not_audited', same })
      return
    }
    const link = this.#link(span, same, keep, someKept)
    // Coming in is no access yet.
    if (link.link !== 'pair' && facts.what === 'connect') link.verdict = 'not_expected'
    // Where nothing is traced, going past the traces cannot be told.
    else if (link.why === 'direct' && facts.covered !== true) link.verdict = 'out_of_coverage'
    // The span shows the id of the last attempt only.
    if (link.ids !== undefined && facts.attempt !== facts.attempts) link.ids = 'removed'
    const loss = source.emit(record, { ...facts, ...link })
    if (shown === undefined || facts.not_an_event === true || loss === 'source_not_collected') return
    // A span lacks its record only where none of several is written.
    if (loss === undefined) {
      this.#missing.delete(shown)
      this.#found.add(shown)
    } else if (!this.#found.has(shown)) this.#missing.set(shown, { source: source.name, why: loss, same })
  }

  /**
   * @param {OpenSpan | undefined} span
   * @param {readonly OpenSpan[]} same
   * @param {boolean} keep
   * @param {boolean} someKept
   * @returns {Facts}
   */
  #link(span, same, keep, someKept) {
    if (this.#untraced !== undefined || span === undefined) {
      const why = this.#untraced ?? 'not_traced'
      return { link: 'orphan', why, verdict: verdicts[why] ?? 'out_of_coverage' }
    }
    const others = same.filter(({ kept }) => kept).map(({ spanId }) => spanId)
    const [stand] = others
    const spanId = span.kept ? span.spanId : stand
    if (spanId !== undefined) {
      return {
        link: 'pair',
        verdict: 'explained',
        ids: span.fate,
        trace_id: this.traceId,
        span_id: spanId,
        ...(others.length > 0 ? { same: others.filter((id) => id !== spanId) } : {}),
        path: pathTo(span.kept ? span : same.find(({ kept }) => kept)),
      }
    }
    const why = !span.recorded ? 'uninstrumented' : !keep ? 'sampled_out' : 'span_lost'
    const trace = someKept ? { link: 'trace', trace_id: this.traceId } : { link: 'orphan' }
    return { ...trace, why, verdict: verdicts[why], ...(span.recorded ? { ids: span.fate } : {}) }
  }
}

/** What can rightly be said of an event that no span explains. @type {Readonly<Record<string, string>>} */
const verdicts = {
  uninstrumented: 'out_of_coverage',
  sampled_out: 'sampled',
  span_lost: 'span_lost',
  direct: 'out_of_band',
  session_end: 'not_expected',
}

/** @param {OpenSpan} span */
function recordedAbove(span) {
  let above = span.above
  while (above !== undefined && !above.recorded) above = above.above
  return above
}

/** Span ids from the root to this one, as far as they are kept. @param {OpenSpan | undefined} span */
function pathTo(span) {
  /** @type {string[]} */
  const path = []
  for (let at = span; at !== undefined; at = at.above) if (at.kept) path.unshift(at.spanId)
  return path
}
