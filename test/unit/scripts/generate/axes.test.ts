import { afterAll, describe, expect, it } from 'vitest'
import { attribute, type EventTruth, type Generated, type GeneratedSpan, generated } from '../../../support/generated'

const made = new Map<string, Generated>()
afterAll(() => {
  for (const one of made.values()) one.remove()
})

/** Made once for each set of axes. */
function workload(axes: Readonly<Record<string, string>>, scale = 2_000): Generated {
  const key = JSON.stringify([axes, scale])
  const one = made.get(key) ?? generated({ seed: 21, scale, axes })
  made.set(key, one)
  return one
}

const pairs = ({ events }: Generated) => events.filter(({ link }) => link === 'pair')

function spanOf({ spans }: Generated, event: EventTruth): GeneratedSpan {
  const span = spans.get(`${event.trace_id}/${event.span_id}`)
  if (span === undefined) throw new Error('no span')
  return span
}

/** The ids by which a record and its span could be joined: on the record, and on the span. */
function ids(all: Generated, event: EventTruth): readonly [string | undefined, string | undefined] {
  const record = all.records(event.file)[event.record] ?? ''
  const span = spanOf(all, event)
  switch (event.source) {
    case 'cloudtrail':
      return [/"requestID":"([^"]+)"/.exec(record)?.[1], attribute(span, 'aws.request_id')]
    case 'k8s_audit':
      return [event.id, attribute(span, 'audit-id')]
    case 'okta': {
      const header = attribute(span, 'http.response.header.x-okta-request-id')
      return [/"requestId":"([^"]+)"/.exec(record)?.[1], /"stringValue":"([^"]+)"/.exec(header ?? '')?.[1]]
    }
    case 'http_access': {
      const header = attribute(span, 'http.request.header.x-request-id')
      return [/"request_id":"([^"]+)"/.exec(record)?.[1], /"stringValue":"([^"]+)"/.exec(header ?? '')?.[1]]
    }
    default:
      return [/traceparent='00-([0-9a-f]{32}-[0-9a-f]{16})/.exec(record)?.[1], `${span.traceId}-${span.spanId}`]
  }
}

const statedUs = (all: Generated, event: EventTruth): number => {
  const record = all.records(event.file)[event.record] ?? ''
  const pattern =
    /"eventTime":"([^"]+)"|"requestReceivedTimestamp":"([^"]+)"|"published":"([^"]+)"|"time_iso8601":"([^"]+)"|^([\d-]+ [\d:.]+) UTC/
  const text =
    pattern
      .exec(record)
      ?.slice(1)
      .find((group) => group !== undefined) ?? ''
  const zoned = text.includes(' ') ? `${text.replace(' ', 'T')}Z` : text
  return Date.parse(zoned) * 1000 + Number(/\.\d{3}(\d{3})Z/.exec(zoned)?.[1] ?? 0)
}

const sources = ['cloudtrail', 'k8s_audit', 'okta', 'http_access', 'pgaudit']

describe('ids', () => {
  it('stand on both sides where they are kept, and are those of the last attempt', () => {
    const all = workload({ retries: '0.05' })
    expect(new Set(pairs(all).map(({ source }) => source))).toEqual(new Set(sources))
    for (const event of pairs(all).filter(({ ids: fate }) => fate === 'kept')) {
      const [record, span] = ids(all, event)
      expect(record).toBeDefined()
      expect(record).toBe(span)
    }
    const without = pairs(all).filter((event) => event.ids !== 'kept')
    expect(new Set(without.map(({ what }) => what))).toEqual(new Set(['connect', 'call']))
    expect(without.every(({ what, attempt }) => what === 'connect' || attempt === 1)).toBe(true)
  })

  it('stand nowhere where they are removed', () => {
    const all = workload({ ids: 'none' })
    const audit = ['cloudtrail/', 'kubernetes/', 'okta/', 'gateway/', 'postgresql/']
      .map((folder) => all.text(folder))
      .join('')
    const traces = all.text('traces/')
    expect(audit).not.toMatch(/traceparent|"request_id"/)
    expect(traces).not.toMatch(/request_id|request-id|audit-id/)
    const words = new Set(audit.match(/[0-9a-zA-Z]{8,}(?:-[0-9a-f]{4,12}){0,4}/g))
    expect([...all.spans.values()].filter(({ traceId, spanId }) => words.has(traceId) || words.has(spanId))).toEqual([])
    for (const event of pairs(all)) {
      expect(event.ids).toBe('removed')
      const [record] = ids(all, event)
      if (record !== undefined) expect(traces.includes(record)).toBe(false)
    }
  })

  it('are removed for the stated share', () => {
    const fates = pairs(workload({ ids: 'half' })).filter(({ what }) => what !== 'connect')
    const removed = fates.filter(({ ids: fate }) => fate === 'removed').length / fates.length
    expect(removed).toBeGreaterThan(0.43)
    expect(removed).toBeLessThan(0.57)
  })

  it('are those of an earlier operation where they are wrong', () => {
    const all = workload({ ids: 'wrong', retries: '0' })
    const wrong = pairs(all).filter(({ ids: fate }) => fate === 'wrong')
    expect(wrong.length).toBeGreaterThan(pairs(all).length * 0.9)
    for (const event of wrong) {
      const [record, span] = ids(all, event)
      expect(record).toBeDefined()
      expect(span).toBeDefined()
      expect(record).not.toBe(span)
    }
  })
})

describe('clocks', () => {
  it.each([
    ['0', 0],
    ['2', 2_000_000],
    ['-90', -90_000_000],
  ])('are %s seconds ahead', (offset, offsetUs) => {
    const all = workload({ offset })
    for (const source of sources) {
      const away = all.events
        .filter((event) => event.source === source)
        .map((event) => statedUs(all, event) - event.time_us)
      const unit = { cloudtrail: 1_000_000, http_access: 1_000_000, okta: 1_000, pgaudit: 1_000 }[source] ?? 1
      const { offset_us: exact = Number.NaN } = all.summary.clocks.sources[source] ?? {}
      expect(Math.abs(exact - offsetUs)).toBeLessThan(30_000)
      // Records of one connection keep their order, for which some are a microsecond later.
      expect(Math.max(...away)).toBeLessThanOrEqual(exact + 100)
      expect(Math.min(...away)).toBeGreaterThan(exact - unit - 1)
    }
  })

  it('drift', () => {
    const all = workload({ drift: '1000' })
    const { offset_us: offset = 0 } = all.summary.clocks.sources.k8s_audit ?? {}
    for (const event of all.events.filter(({ source }) => source === 'k8s_audit')) {
      const drifted = (event.time_us - all.summary.from_us) / 1_000
      expect(Math.abs(statedUs(all, event) - event.time_us - offset - drifted)).toBeLessThan(2)
    }
  })

  it('scatter', () => {
    const all = workload({ jitter: '250' })
    const away = all.events
      .filter(({ source }) => source === 'k8s_audit')
      .map((event) => statedUs(all, event) - event.time_us)
    const mean = away.reduce((total, value) => total + value, 0) / away.length
    const deviation = Math.sqrt(away.reduce((total, value) => total + (value - mean) ** 2, 0) / away.length)
    expect(deviation / 250_000).toBeGreaterThan(0.8)
    expect(deviation / 250_000).toBeLessThan(1.2)
  })

  it('state whole seconds only', () => {
    const all = workload({ precision: 's' })
    expect(all.events.filter((event) => statedUs(all, event) % 1_000_000 !== 0)).toEqual([])
    expect(['kubernetes/', 'okta/', 'postgresql/'].map((folder) => all.text(folder)).join('')).not.toMatch(
      /\d\d:\d\d:\d\d\.\d/,
    )
  })
})

describe('sampling', () => {
  it('keeps one trace in ten by its id, says the rate, and leaves the flag off in the others', () => {
    const all = workload({ sampling: '0.1' })
    expect(pairs(all).length / all.events.length).toBeLessThan(0.15)
    expect(pairs(all).length).toBeGreaterThan(50)
    const roots = new Set<string>()
    for (const { traceId, traceState } of all.spans.values()) {
      roots.add(traceId)
      expect(traceState).toBe('ot=th:e66666666666')
      expect(Number.parseInt(traceId.slice(18), 16) / 2 ** 56).toBeGreaterThanOrEqual(0.8999)
    }
    const log = all.text('postgresql/')
    for (const [, traceId = '', flags] of log.matchAll(/traceparent='00-([0-9a-f]{32})-[0-9a-f]{16}-(\d\d)'/g)) {
      expect(flags).toBe(roots.has(traceId) ? '01' : '00')
    }
    const why = new Set(all.events.filter(({ verdict }) => verdict === 'sampled').map((event) => event.why))
    expect(why).toEqual(new Set(['sampled_out']))
  })

  it('states no rate where none is declared', () => {
    const all = workload({ sampling: '0.1', 'sampling-declared': 'no' })
    expect([...all.spans.values()].some(({ traceState }) => traceState !== undefined)).toBe(false)
  })

  it('keeps whole traces, and at the end all with errors', () => {
    const tail = { sampling: '0.1', 'sampling-kind': 'tail', retries: '0.1' }
    const all = workload(tail)
    const whole = workload({ retries: '0.1' })
    const failed = (of: Generated) => [...of.spans.values()].filter(({ status }) => status.code === 2)
    const share = all.spans.size / whole.spans.size
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.6)
    expect(failed(all).length / all.spans.size).toBeGreaterThan(2 * (failed(whole).length / whole.spans.size))
    for (const { traceId, parentSpanId } of all.spans.values()) {
      if (parentSpanId !== undefined) expect(all.spans.has(`${traceId}/${parentSpanId}`)).toBe(true)
    }
  })
})

describe('losses', () => {
  it('of audit records leave spans whose record is missing', () => {
    const all = workload({ 'drop-audit': '0.1', silent: 'pgaudit' })
    const { produced, events } = all.summary.counts
    for (const source of sources.filter((name) => name !== 'pgaudit')) {
      const share = 1 - (events[source] ?? 0) / (produced[source] ?? 0)
      expect(share).toBeGreaterThan(0.03)
      expect(share).toBeLessThan(0.2)
    }
    const of = (why: string) => all.gaps.filter((gap) => gap.why === why)
    expect(of('record_dropped').length).toBeGreaterThan(50)
    expect(new Set(of('silent_source').map(({ source }) => source))).toEqual(new Set(['pgaudit']))
    const known = new Set(pairs(all).map(({ trace_id, span_id }) => `${trace_id}/${span_id}`))
    const missing = all.gaps.map(({ trace_id, span_id }) => `${trace_id}/${span_id}`)
    expect(new Set(missing).size).toBe(missing.length)
    expect(missing.filter((key) => known.has(key))).toEqual([])
    const silence = all.summary.incidents.find(({ kind }) => kind === 'silence')
    const inside = all.events.filter(({ source, time_us }) => {
      return source === 'pgaudit' && time_us > Number(silence?.from_us) + 5_000_000 && time_us < Number(silence?.to_us)
    })
    expect(inside).toEqual([])
  })

  it('of spans leave children without their parent', () => {
    const all = workload({ 'drop-spans': '0.1' })
    const lost = [...all.spans.values()].filter(({ traceId, parentSpanId }) => {
      return parentSpanId !== undefined && !all.spans.has(`${traceId}/${parentSpanId}`)
    })
    expect(lost.length / all.spans.size).toBeGreaterThan(0.05)
    expect(all.events.some(({ why }) => why === 'span_lost')).toBe(true)
  })

  it('of whole sources leave no file and no gap', () => {
    const all = workload({ sources: 'pgaudit,okta' })
    expect(new Set(all.events.map(({ source }) => source))).toEqual(new Set(['pgaudit', 'okta']))
    expect(all.text('cloudtrail/') + all.text('gateway/') + all.text('kubernetes/')).toBe('')
    expect(all.gaps.filter(({ why }) => why !== 'not_audited')).toEqual([])
  })
})

describe('identities', () => {
  it('share addresses behind NAT', () => {
    const addresses = (nat: string) =>
      new Set(
        workload({ nat, incidents: '0' })
          .text('gateway/')
          .match(/"remote_addr":"[^"]+"/g),
      ).size
    expect(addresses('30')).toBe(2)
    expect(addresses('1')).toBeGreaterThan(15)
  })

  it('of the database are one, those of the services, or those of people', () => {
    const roles = (actors: string) =>
      new Set(
        workload({ actors, incidents: '0' })
          .text('postgresql/')
          .match(/(?<= UTC,")(?!dba_)\w+(?=","(?:shop|billing)")/g),
      )
    expect(roles('shared')).toEqual(new Set(['app']))
    expect(roles('service')).toContain('orders_app')
    expect(roles('person')).toContain('alice')
    expect(workload({ pooler: 'yes', incidents: '0' }).text('postgresql/')).toContain('"10.20.40.20:')
  })

  it('give half of all requests to one person where that is wanted', () => {
    const http = workload({ 'hot-actor': '0.5', incidents: '0' }).events.filter(
      ({ source }) => source === 'http_access',
    )
    const share = http.filter(({ person }) => person === 'alice@example.com').length / http.length
    expect(share).toBeGreaterThan(0.3)
    expect(share).toBeLessThan(0.7)
  })

  it('are named by spans and access log only as often as stated', () => {
    const all = workload({ 'actor-on-spans': '0', 'http-user': '0' })
    expect(all.text('traces/')).not.toContain('enduser.id')
    expect(all.text('gateway/')).not.toMatch(/"remote_user":"[^"]/)
  })
})

describe('renderings', () => {
  it.each(['csv', 'json', 'stderr'])('of the PostgreSQL log hold the same events: %s', (format) => {
    const all = workload({ 'pg-format': format })
    const pg = all.events.filter(({ source }) => source === 'pgaudit')
    expect(pg.map(({ id }) => id)).toEqual(
      workload({})
        .events.filter(({ source }) => source === 'pgaudit')
        .map(({ id }) => id),
    )
    for (const event of pg) {
      const record = all.records(event.file)[event.record] ?? ''
      expect(record).toMatch(/AUDIT: |ERROR|connection authorized|disconnection/)
    }
  })

  it('of the access log have no id in the combined format, and then neither have the spans', () => {
    const all = workload({ 'http-format': 'combined' })
    expect(all.text('gateway/')).toMatch(
      /^\S+ - \S+ \[\d\d\/Mar\/2026:[\d:]+ \+0000\] "[A-Z]+ \/\S* HTTP\/1.1" \d{3} \d+ "[^"]*" "[^"]+"$/m,
    )
    expect(all.text('traces/')).not.toContain('x-request-id')
  })

  it('of the metrics are OTLP lines, Prometheus text or none, and count the requests', () => {
    expect(workload({}).text('metrics/')).toContain('"http.server.requests"')
    const text = workload({ metrics: 'prometheus' }).text('metrics/')
    expect(text).toMatch(/^http_requests_total\{service="orders-api",status="200"\} \d+ \d{13}$/m)
    expect(workload({ metrics: 'none' }).text('metrics/')).toBe('')
  })
})
