/** The support portal: agents look customers up. Its older pages write only a request id into their statements. */
import { recordSpan, scopes } from '../formats/otlp.mjs'
import { clock, minuteUs, moments } from '../time.mjs'
import { addresses, people, pods, userAgents } from '../world.mjs'
import { addQuery } from './traced.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene @typedef {import('../random.mjs').Random} Random */

const search = 'select id, name, email, phone from customer where email = $1'
const notes = 'select id, author, body from support_note where customer_id = $1 order by id desc limit 10'

/** @param {Scene} scene */
export function addSupport(scene) {
  const random = scene.random('support')
  for (const fromUs of moments(random, { fromUs: clock('07:30'), toUs: clock('12:45'), everyUs: 6 * minuteUs })) {
    const agent = random.pick(people.agents)
    // The agent whose session is forged later goes home before ten.
    if (agent === people.forged && fromUs > clock('09:50')) continue
    addLookup(scene, random, { fromUs, agent, route: random.pick(['/customers', '/customers/:id/notes']) })
  }
}

/** @param {Scene} scene @param {Random} random @param {{ fromUs: number, agent: string, route: string }} lookup */
function addLookup(scene, random, { fromUs, agent, route }) {
  const pod = pods.support
  const requestId = random.uuid()
  const traceId = random.hex(32)
  const spanId = random.hex(16)
  const onNotes = route !== '/customers'
  const endUs = addQuery(scene, random, {
    traceId,
    parent: spanId,
    pod,
    query: {
      text: onNotes ? notes : search,
      table: onNotes ? 'public.support_note' : 'public.customer',
      command: 'SELECT',
      class: 'READ',
      typicalUs: 4_800,
      rows: onNotes ? random.int(0, 10) : 1,
    },
    fromUs: fromUs + random.around(1_500),
    role: 'support_app',
    comment: `application='support-portal',controller='customers',route='${encodeURIComponent(route)}',request_id='${requestId}'`,
  })
  recordSpan(scene, random, {
    pod,
    traceId,
    spanId,
    name: `GET ${route}`,
    kind: 2,
    scope: scopes.http,
    fromUs,
    toUs: endUs + random.around(2_200),
    attributes: portalAttributes({
      method: 'GET',
      route,
      status: 200,
      agent,
      from: addresses.office,
      userAgent: userAgents.console,
      requestId,
    }),
  })
}

/** @param {{ method: string, route: string, status: number, agent: string, from: string, userAgent: string, requestId: string }} of */
export const portalAttributes = ({ method, route, status, agent, from, userAgent, requestId }) => ({
  'http.request.method': method,
  'url.path': route.replace(':id', '4411'),
  'http.route': route,
  'http.response.status_code': status,
  'client.address': from,
  'user_agent.original': userAgent,
  'user.id': agent,
  'http.request.header.x-request-id': [requestId],
})
