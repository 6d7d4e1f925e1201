/** One request of a person: browser, gateway, services, and the steps that serve it. */
import { present } from '../base/random.mjs'
import { accessLine } from '../sources/accessLog.mjs'
import { callCloud } from './cloud.mjs'
import { requestCluster } from './clusterRequest.mjs'
import { runStatement } from './sql.mjs'
import { Trace } from './trace.mjs'

/**
 * @typedef {import('../simulation.mjs').Simulation} Simulation
 * @typedef {import('./trace.mjs').OpenSpan} OpenSpan
 *
 * What the steps of a service need to know.
 * @typedef {object} Serving
 * @property {Simulation} sim
 * @property {import('../base/random.mjs').Random} random
 * @property {Trace} trace
 * @property {import('../world.mjs').Service} service
 * @property {import('../world.mjs').Pod} pod
 * @property {import('../world.mjs').Person | undefined} person
 * @property {OpenSpan | undefined} span that the steps are below
 * @property {string} path of the route
 * @property {number} objectId
 * @property {import('./trace.mjs').Facts} facts
 *
 * @typedef {object} Visit
 * @property {import('../world.mjs').Person} person
 * @property {import('../catalogue/routes.mjs').Route} route
 * @property {number} atUs
 * @property {number} [objectId]
 * @property {string} [address] from which the person comes; the usual one if missing
 * @property {string} [userAgent]
 * @property {boolean} [script] no browser that would trace
 * @property {import('./trace.mjs').Facts} [facts]
 * @property {(serving: Serving, fromUs: number) => { toUs: number, error?: string, status?: number }} [instead] of the route's steps
 */

const serverScope = '@opentelemetry/instrumentation-http'

/** @param {Simulation} sim @param {import('../base/random.mjs').Random} random @param {Visit} visit @returns {{ toUs: number, status: number }} */
export function visit(sim, random, { person, route, atUs, facts = {}, ...rest }) {
  const trace = new Trace(sim, { common: facts })
  const objectId = rest.objectId ?? 1_000 + random.tail(40_000)
  const path = route.path.replace('{id}', String(objectId)).replace('{name}', `workload-${objectId % 6}`)
  const named = random.chance(sim.options.axes['actor-on-spans'])
  const click = trace.open({
    name: `${route.method} ${route.path}`,
    kind: 1,
    scope: '@opentelemetry/instrumentation-user-interaction',
    resource: rest.script === true ? undefined : sim.resources.browser(person),
    fromUs: atUs,
    attributes: { 'app.page': route.path, ...(named ? { 'enduser.id': person.mail } : {}) },
  })
  const context = { sim, random, trace, person, route, path, objectId, named, above: click, ...rest }
  const failsFirst = random.chance(sim.options.axes.retries * 0.5)
  let done = throughGateway({ ...context, fromUs: atUs + random.int(500, 3_000), unavailable: failsFirst })
  if (failsFirst) done = throughGateway({ ...context, fromUs: done.toUs + random.around(250_000), unavailable: false })
  click.toUs = done.toUs + random.int(500, 4_000)
  trace.end()
  return done
}

/**
 * @param {Omit<Visit, 'atUs' | 'facts'> & { sim: Simulation, random: import('../base/random.mjs').Random, trace: Trace, path: string, objectId: number, named: boolean, above: OpenSpan, fromUs: number, unavailable: boolean }} context
 */
function throughGateway(context) {
  const { sim, random, trace, person, route, path, named, fromUs, unavailable } = context
  const address = context.address ?? person.address
  const userAgent = context.userAgent ?? person.userAgent
  const gateway = present(sim.world.services.get('edge-gateway'))
  const gatePod = random.pick(gateway.pods)
  // The combined format has no place for the id.
  const fate = sim.options.axes['http-format'] === 'combined' ? 'removed' : sim.ids.fate()
  const requestId = random.hex(32)
  const browser = trace.open({
    name: `HTTP ${route.method}`,
    kind: 3,
    scope: '@opentelemetry/instrumentation-fetch',
    resource: context.script === true ? undefined : sim.resources.browser(person),
    fromUs,
    above: context.above,
    attributes: { 'http.request.method': route.method, 'url.full': `https://shop.example.com${path}` },
  })
  const arrivedUs = fromUs + random.around(18_000)
  const server = trace.open({
    name: `${route.method} ${route.path}`,
    kind: 2,
    scope: 'nginx',
    resource: sim.resources.pod(gatePod),
    fromUs: arrivedUs,
    above: browser,
    attributes: {
      'http.request.method': route.method,
      'url.path': path,
      'server.address': 'shop.example.com',
      'client.address': address,
      'user_agent.original': userAgent,
    },
  })
  const service = present(sim.world.services.get(route.service))
  const pod = random.pick(service.pods)
  /** @type {OpenSpan[]} */
  const inner = []
  let answer
  if (unavailable) answer = { toUs: arrivedUs + random.around(3_000), status: 503 }
  else {
    answer = serve({
      ...context,
      service,
      pod,
      method: route.method,
      template: route.path,
      fromUs: arrivedUs + random.int(300, 1_200),
      above: server,
      named,
      opened: inner,
    })
  }
  server.toUs = answer.toUs + random.int(200, 800)
  browser.toUs = server.toUs + random.around(16_000)
  const shown = sim.ids.carried(fate, 'x-request-id', requestId)
  for (const span of [server, ...inner]) {
    span.fate = shown === undefined ? 'removed' : fate
    span.attributes['http.response.status_code'] = answer.status
    if (shown !== undefined) span.attributes['http.request.header.x-request-id'] = [shown]
  }
  browser.fate = server.fate
  browser.attributes['http.response.status_code'] = answer.status
  if (answer.status >= 500) {
    server.error = ''
    browser.error = String(answer.status)
  }
  const user = random.chance(sim.options.axes['http-user']) && answer.status !== 401 ? person.mail : ''
  const access = {
    address,
    user,
    method: route.method,
    uri: path,
    status: answer.status,
    bytes: random.around(route.method === 'GET' ? 2_400 : 220),
    durationUs: server.toUs - server.fromUs,
    userAgent,
    referer: context.script === true ? '-' : 'https://shop.example.com/',
    // A removed id stands on neither side; a wrong one is wrong on the side of the spans.
    ...(fate === 'removed' ? {} : { requestId }),
    upstream: `${pod.address}:8080`,
  }
  const render = accessLine(access, sim.options.axes['http-format'], sim.clocks.http_access)
  const facts = { what: 'http', service: gateway.name, person: person.mail, status: answer.status }
  trace.audit(sim.accessLog, { timeUs: server.toUs, render }, server, facts, [server, browser, ...inner])
  sim.metrics.request(route.service, answer.status, server.toUs - server.fromUs)
  return { toUs: browser.toUs, status: answer.status }
}

/**
 * @param {Omit<Visit, 'atUs' | 'facts'> & { sim: Simulation, random: import('../base/random.mjs').Random, trace: Trace, service: import('../world.mjs').Service, pod: import('../world.mjs').Pod, method: string, template: string, path: string, objectId: number, named: boolean, fromUs: number, above: OpenSpan, opened: OpenSpan[] }} context
 * @returns {{ toUs: number, status: number }}
 */
function serve(context) {
  const { sim, random, trace, person, service, pod, method, template, path, objectId, fromUs, above, named } = context
  const span = trace.open({
    name: `${method} ${template}`,
    kind: 2,
    scope: serverScope,
    resource: sim.resources.pod(pod),
    fromUs,
    above,
    attributes: {
      'http.request.method': method,
      'http.route': template,
      'url.path': path,
      'client.address': context.address ?? person.address,
      ...(named ? { 'enduser.id': person.mail } : {}),
    },
  })
  context.opened.push(span)
  /** @type {Serving} */
  const serving = {
    sim,
    random,
    trace,
    service,
    pod,
    person,
    span,
    path: template,
    objectId,
    facts: { person: person.mail },
  }
  const beginUs = fromUs + random.int(300, 2_500)
  /** @type {{ toUs: number, error?: string, status?: number }} */
  const done = context.instead?.(serving, beginUs) ?? runSteps(serving, context.route.steps, beginUs)
  span.toUs = done.toUs + random.int(200, 1_500)
  const status = done.status ?? statusOf(done.error, method)
  if (status >= 500) span.error = done.error ?? ''
  return { toUs: span.toUs, status }
}

/** @param {Serving} serving @param {readonly import('../catalogue/routes.mjs').Step[]} steps @param {number} fromUs @returns {{ toUs: number, error?: string }} */
export function runSteps(serving, steps, fromUs) {
  const { random } = serving
  let atUs = fromUs
  for (const step of steps) {
    if (!random.chance(step.chance ?? 1)) continue
    const times = step.kind === 'sql' ? random.int(1, step.times ?? 1) : 1
    for (let turn = 0; turn < times; turn++) {
      const done = runStep(serving, step, atUs)
      if (done.error !== undefined) return done
      atUs = done.toUs + random.int(80, 900)
    }
  }
  return { toUs: atUs }
}

/** @param {Serving} serving @param {import('../catalogue/routes.mjs').Step} step @param {number} fromUs @returns {{ toUs: number, error?: string }} */
function runStep(serving, step, fromUs) {
  if (step.kind === 'sql') return runStatement(serving, step.statement, fromUs)
  if (step.kind === 'aws') return callCloud(serving, step.call, fromUs)
  if (step.kind === 'kube') return requestCluster(serving, step.request, fromUs)
  return callService(serving, step, fromUs)
}

/** @param {Serving} serving @param {import('../catalogue/routes.mjs').CallStep} step @param {number} fromUs @returns {{ toUs: number, error?: string }} */
function callService(serving, step, fromUs) {
  const { sim, random, trace, pod } = serving
  const service = present(sim.world.services.get(step.service))
  const client = trace.open({
    name: `HTTP ${step.method}`,
    kind: 3,
    scope: serverScope,
    resource: sim.resources.pod(pod),
    fromUs,
    above: serving.span,
    attributes: { 'http.request.method': step.method, 'url.full': `http://${step.service}:8080${step.path}` },
  })
  const other = random.pick(service.pods)
  const server = trace.open({
    name: `${step.method} ${step.path}`,
    kind: 2,
    scope: serverScope,
    resource: sim.resources.pod(other),
    fromUs: fromUs + random.int(200, 900),
    above: client,
    attributes: {
      'http.request.method': step.method,
      'http.route': step.path,
      'url.path': step.path,
      'client.address': pod.address,
    },
  })
  const inner = { ...serving, service, pod: other, span: server, path: step.path }
  const done = runSteps(inner, step.steps, server.fromUs + random.int(300, 1_200))
  server.toUs = done.toUs + random.int(200, 900)
  client.toUs = server.toUs + random.int(200, 900)
  const status = statusOf(done.error, step.method)
  for (const span of [server, client]) span.attributes['http.response.status_code'] = status
  if (done.error !== undefined) {
    server.error = done.error
    client.error = ''
  }
  return done.error === undefined ? { toUs: client.toUs } : { toUs: client.toUs, error: done.error }
}

/** Services pass a refusal of their platform on as one; other failures are theirs. @param {string | undefined} error @param {string} method */
function statusOf(error, method) {
  if (error === undefined) return method === 'POST' ? 201 : 200
  return error === 'Forbidden' || error.startsWith('AccessDenied') ? 403 : 500
}
