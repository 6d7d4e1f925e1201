/**
 * Time goes on from one waking of somebody to the next; whoever wakes emits what happens in the seconds after. Held in
 * memory are the sleepers, the open connections and what is about to be written, whatever the scale.
 */
import { clockOf } from './base/clock.mjs'
import { Heap } from './base/heap.mjs'
import { randomOf } from './base/random.mjs'
import { dayUs, millisUs, secondUs } from './base/time.mjs'
import { cloudtrailSource } from './sources/cloudtrail.mjs'
import { accessLogSource, kubernetesSource, oktaSource } from './sources/lineSources.mjs'
import { metricSink } from './sources/metrics.mjs'
import { postgresSource } from './sources/postgres.mjs'
import { traceSink } from './sources/traces.mjs'
import { ConnectionPools } from './work/connections.mjs'
import { podSessions } from './work/identities.mjs'
import { idFates } from './work/ids.mjs'
import { resourcesOf } from './work/resources.mjs'
import { samplerOf } from './work/sampler.mjs'
import { worldOf } from './world.mjs'

/** A Monday morning. */
const startUs = Date.UTC(2026, 2, 2, 8, 30) * 1000
const flushEveryUs = 2 * secondUs
/** A workload that takes longer than this to produce what was asked for ends all the same. */
const longestUs = 3 * 365 * dayUs

/** @typedef {import('./sources/auditSource.mjs').AuditSource} AuditSource */

export class Simulation {
  nowUs = startUs
  startUs = startUs
  /** Sources that write nothing at the moment. @type {Set<string>} */
  silent = new Set()
  /** Rules that refuse at the moment, by what they refuse. @type {Map<string, import('./incidents/refusals.mjs').Refusal>} */
  refusals = new Map()
  /** @type {Heap<(nowUs: number) => void>} */
  #sleepers = new Heap()

  /** @param {import('./options.mjs').Options} options @param {string} out folder of the exports @param {import('./truth.mjs').Truth} truth */
  constructor(options, out, truth) {
    this.options = options
    this.out = out
    this.truth = truth
    this.world = worldOf(options)
    this.ties = this.random('ties')
    this.sampler = samplerOf(options.axes, this.random('trace ids'))
    this.ids = idFates(options.axes, this.random('fates of ids'))
    this.resources = resourcesOf(this.world)
    this.clocks = sourceClocks(options.axes, this.random('clocks'), this.random('jitter'))
    this.podSession = podSessions(this.random('role sessions'))
    this.pools = new ConnectionPools(this)
    /** @type {AuditSource} */
    this.cloudtrail = cloudtrailSource(this, this.clocks.cloudtrail)
    /** @type {AuditSource} */
    this.kubernetes = kubernetesSource(this, this.clocks.k8s_audit)
    /** @type {AuditSource} */
    this.postgres = postgresSource(this, this.clocks.pgaudit)
    /** @type {AuditSource} */
    this.okta = oktaSource(this, this.clocks.okta)
    /** @type {AuditSource} */
    this.accessLog = accessLogSource(this, this.clocks.http_access)
    this.traces = traceSink(this)
    this.metrics = metricSink(this)
  }

  /** @param {string} label */
  random(label) {
    return randomOf(this.options.seed, label)
  }

  /** How much of what was asked for has happened, 0 to 1. */
  get progress() {
    return this.truth.total / this.options.scale
  }

  /** @param {number} timeUs @param {(nowUs: number) => void} run */
  at(timeUs, run) {
    this.#sleepers.push(Math.round(Math.max(timeUs, this.nowUs)), this.ties.next(), run)
  }

  /** Until what was asked for has happened. */
  run() {
    let flushedUs = startUs
    while (this.progress < 1 && this.nowUs < startUs + longestUs) {
      const next = this.#sleepers.pop()
      if (next === undefined) break
      this.nowUs = next.key
      next.item(next.key)
      if (this.nowUs < flushedUs + flushEveryUs) continue
      flushedUs = this.nowUs
      for (const sink of this.#sinks()) sink.flush(flushedUs)
    }
    for (const sink of this.#sinks()) sink.close()
    return this.truth.close({
      from_us: startUs,
      to_us: this.nowUs,
      clocks: this.#clockFacts(),
      sampling: {
        kind: this.options.axes['sampling-kind'],
        rate: this.options.axes.sampling,
        declared: this.options.axes['sampling-declared'] && this.options.axes['sampling-kind'] === 'head',
      },
      services: [...this.world.services.values()].map(({ name, instrumented }) => ({ name, instrumented })),
    })
  }

  #sinks() {
    return [this.cloudtrail, this.kubernetes, this.postgres, this.okta, this.accessLog, this.traces, this.metrics]
  }

  #clockFacts() {
    const sources = Object.entries(this.clocks).map(([name, clock]) => [
      name,
      { offset_us: clock.offsetUs, drift_ppm: clock.driftPpm, jitter_us: clock.jitterUs, precision: clock.precision },
    ])
    const hosts = [...this.world.services.values()].flatMap(({ pods }) =>
      pods.map(({ name, hostClockUs }) => [name, { offset_us: hostClockUs }]),
    )
    return { sources: Object.fromEntries(sources), hosts: Object.fromEntries(hosts) }
  }
}

/** What each source states at best. @type {Readonly<Record<import('./options.mjs').Source, import('./base/time.mjs').Precision>>} */
const native = { cloudtrail: 's', k8s_audit: 'us', pgaudit: 'ms', okta: 'ms', http_access: 's' }

/**
 * Clocks are kept by NTP: besides what is asked for, each is some milliseconds off.
 *
 * @param {import('./options.mjs').AxisValues} axes
 * @param {import('./base/random.mjs').Random} random
 * @param {import('./base/random.mjs').Random} jitter
 */
function sourceClocks(axes, random, jitter) {
  /** @param {import('./options.mjs').Source} name */
  const clock = (name) =>
    clockOf(
      {
        startUs,
        offsetUs: Math.round(axes.offset[name] * secondUs + 4 * millisUs * random.normal()),
        driftPpm: axes.drift[name],
        jitterUs: Math.round(axes.jitter[name] * millisUs),
        precision: precisionOf(name, axes.precision),
      },
      jitter,
    )
  return {
    cloudtrail: clock('cloudtrail'),
    k8s_audit: clock('k8s_audit'),
    pgaudit: clock('pgaudit'),
    okta: clock('okta'),
    http_access: clock('http_access'),
  }
}

/** @param {import('./options.mjs').Source} name @param {import('./options.mjs').AxisValues['precision']} wanted @returns {import('./base/time.mjs').Precision} */
function precisionOf(name, wanted) {
  if (wanted === 'native' || name === 'cloudtrail') return native[name]
  return wanted
}
