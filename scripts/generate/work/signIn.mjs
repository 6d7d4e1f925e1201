/** Signing in: the shop's own page asks Okta, so that Okta's events have a span; refusals and failures included. */
import { present } from '../base/random.mjs'
import { refusalOf } from '../incidents/refusals.mjs'
import { oktaEvent } from '../sources/okta.mjs'
import { visit } from './request.mjs'

/**
 * @typedef {import('./request.mjs').Serving} Serving
 * @typedef {import('../world.mjs').Person} Person
 */

const loginRoute = { service: 'auth-api', method: 'POST', path: '/login', steps: [] }
const appTarget = [
  {
    id: '0oa7shopbackoffice00x',
    type: 'AppInstance',
    alternateId: 'Shop Back Office',
    displayName: 'Shop Back Office',
  },
]

/**
 * @param {import('../simulation.mjs').Simulation} sim
 * @param {import('../base/random.mjs').Random} random
 * @param {{ person: Person, atUs: number, password: 'right' | 'wrong', address?: string, userAgent?: string, script?: boolean, facts?: import('./trace.mjs').Facts }} attempt
 * @returns {{ toUs: number, status: number }} 201 when it worked
 */
export function signIn(sim, random, { person, atUs, password, facts, ...from }) {
  return visit(sim, random, {
    person,
    route: loginRoute,
    atUs,
    ...from,
    ...(facts === undefined ? {} : { facts }),
    instead: (serving, fromUs) => authenticate(serving, person, fromUs, password, from),
  })
}

/** @param {Serving} serving @param {Person} person @param {number} fromUs @param {'right' | 'wrong'} password @param {{ address?: string, userAgent?: string }} from */
function authenticate(serving, person, fromUs, password, from) {
  const { sim, random } = serving
  const refusal = password === 'right' && person.contractor ? refusalOf(sim, ['okta/contractors']) : undefined
  const ok = password === 'right' && refusal === undefined
  const call = askOkta(serving, fromUs, 'POST', '/api/v1/authn', ok ? 200 : password === 'wrong' ? 401 : 403)
  const session = `102${random.mixed(21)}`
  const about = {
    actor: { id: person.oktaId, mail: person.mail, name: person.name },
    client: { address: from.address ?? person.address, userAgent: from.userAgent ?? person.userAgent },
    requestId: call.requestId,
    requestUri: '/api/v1/authn',
  }
  const policy = [
    { id: '00p1staffsignon000x7', type: 'PolicyEntity', alternateId: 'unknown', displayName: 'Staff sign-on' },
    { id: '0pr1anyplace00000x7', type: 'PolicyRule', alternateId: '00p1staffsignon000x7', displayName: 'Any place' },
  ]
  if (password === 'right') {
    const outcome = refusal === undefined ? 'ALLOW' : 'DENY'
    call.event(
      {
        ...about,
        eventType: 'policy.evaluate_sign_on',
        message: 'Evaluation of sign-on policy',
        outcome: { result: outcome, reason: `Sign-on policy evaluation resulted in ${outcome}` },
        target: policy,
      },
      3_000,
      refusal === undefined ? {} : { outcome: 'denied', ...refusal.facts() },
    )
  }
  if (refusal === undefined) {
    const outcome = ok ? { result: 'SUCCESS' } : { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' }
    call.event(
      {
        ...about,
        eventType: 'user.session.start',
        message: 'User login to Okta',
        outcome,
        credential: 'PASSWORD',
        ...(ok ? { session } : {}),
      },
      9_000,
      ok ? {} : { outcome: 'auth_failed' },
    )
  }
  if (!ok) return { toUs: call.toUs, status: password === 'wrong' ? 401 : 403 }
  const token = askOkta(serving, call.toUs + random.int(200, 900), 'POST', '/oauth2/v1/token', 200)
  token.event(
    {
      ...about,
      requestId: token.requestId,
      requestUri: '/oauth2/v1/token',
      session,
      eventType: 'app.oauth2.token.grant',
      message: 'OIDC token grant',
      outcome: { result: 'SUCCESS' },
      target: appTarget,
    },
    4_000,
    {},
  )
  return { toUs: token.toUs, status: 201 }
}

/** @param {Serving} serving @param {number} fromUs @param {string} method @param {string} path @param {number} status */
function askOkta(serving, fromUs, method, path, status) {
  const { sim, random, trace, pod, service, span: above } = serving
  const fate = sim.ids.fate()
  const requestId = `Z${random.mixed(26)}`
  const durationUs = random.around(140_000)
  const span = trace.open({
    name: `HTTP ${method}`,
    kind: 3,
    scope: '@opentelemetry/instrumentation-http',
    resource: sim.resources.pod(pod),
    fromUs,
    above,
    attributes: {
      'http.request.method': method,
      'url.full': `https://example.okta.com${path}`,
      'server.address': 'example.okta.com',
      'http.response.status_code': status,
    },
  })
  span.fate = fate
  span.toUs = fromUs + durationUs
  if (status >= 400) span.error = ''
  const shown = sim.ids.carried(fate, 'okta', requestId)
  if (shown === undefined) span.fate = 'removed'
  else span.attributes['http.response.header.x-okta-request-id'] = [shown]
  return {
    requestId,
    toUs: span.toUs,
    /** @param {Omit<import('../sources/okta.mjs').OktaEvent, 'uuid'>} event @param {number} afterUs @param {import('./trace.mjs').Facts} facts */
    event: (event, afterUs, facts) => {
      const uuid = random.uuid()
      const render = oktaEvent({ ...event, uuid }, sim.clocks.okta)
      const timeUs = fromUs + Math.min(durationUs * 0.9, 20_000 + random.around(afterUs) + durationUs * 0.2)
      trace.audit(sim.okta, { timeUs, render, id: uuid }, span, {
        what: 'sign-in',
        service: service.name,
        ...serving.facts,
        ...facts,
      })
    },
  }
}

/**
 * Some work more than others.
 *
 * @param {import('../simulation.mjs').Simulation} sim
 * @param {import('../base/random.mjs').Random} random
 */
export function somebody(sim, random) {
  const { people } = sim.world
  if (random.chance(sim.options.axes['hot-actor'])) return present(people[0])
  return present(people[Math.floor(people.length * random.next() ** 1.5)])
}
