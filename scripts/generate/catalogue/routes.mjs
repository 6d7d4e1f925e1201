/**
 * What people do in the shop's back office: routes, how often, and what each step of serving them is. A step is a
 * statement, a call of the cloud, a request to the cluster, a request to Okta, or a request to another service.
 */
import { weighted } from '../base/random.mjs'
import { statements as sql } from './statements.mjs'

/**
 * @typedef {{ kind: 'sql', statement: import('./statements.mjs').Statement, chance?: number, times?: number }} SqlStep
 * @typedef {{ kind: 'aws', call: string, chance?: number }} AwsStep
 * @typedef {{ kind: 'kube', request: string, chance?: number }} KubeStep
 * @typedef {{ kind: 'call', service: string, method: string, path: string, steps: readonly Step[], chance?: number }} CallStep
 * @typedef {SqlStep | AwsStep | KubeStep | CallStep} Step
 *
 * @typedef {object} Route
 * @property {string} service
 * @property {string} method
 * @property {string} path template; `{id}` stands for a number
 * @property {readonly Step[]} steps in their order
 */

/** @param {import('./statements.mjs').Statement} statement @param {number} [chance] @param {number} [times] at most @returns {SqlStep} */
const query = (statement, chance = 1, times = 1) => ({ kind: 'sql', statement, chance, times })
/** @param {string} call @param {number} [chance] @returns {AwsStep} */
const aws = (call, chance = 1) => ({ kind: 'aws', call, chance })
/** @param {string} request @param {number} [chance] @returns {KubeStep} */
const kube = (request, chance = 1) => ({ kind: 'kube', request, chance })
/** @param {string} service @param {string} method @param {string} path @param {readonly Step[]} steps @param {number} [chance] @returns {CallStep} */
const call = (service, method, path, steps, chance = 1) => ({ kind: 'call', service, method, path, steps, chance })

/** @param {string} service @param {string} method @param {string} path @param {readonly Step[]} steps @returns {Route} */
const route = (service, method, path, steps) => ({ service, method, path, steps })

export const routes = {
  orders: route('orders-api', 'GET', '/orders', [query(sql.orderList)]),
  order: route('orders-api', 'GET', '/orders/{id}', [query(sql.orderById), query(sql.orderItems, 0.9)]),
  customer: route('customers-api', 'GET', '/customers/{id}', [query(sql.customerById), query(sql.customerOrders, 0.3)]),
  download: route('documents-api', 'GET', '/documents/{id}/content', [query(sql.documentById), aws('getInvoice')]),
}

export const routeTable = weighted([
  [22, routes.orders],
  [20, routes.order],
  [11, route('orders-api', 'GET', '/products', [query(sql.productSearch)])],
  [7, route('orders-api', 'GET', '/products/{id}', [query(sql.productById), aws('productImage', 0.3)])],
  [
    6,
    route('orders-api', 'POST', '/orders', [
      query(sql.productById, 1, 2),
      query(sql.insertOrder),
      query(sql.insertItem, 1, 3),
      call('documents-api', 'POST', '/documents', [aws('putInvoice'), query(sql.insertDocument)]),
    ]),
  ],
  [4, route('orders-api', 'PATCH', '/orders/{id}', [query(sql.orderState)])],
  [8, routes.customer],
  [4, route('customers-api', 'GET', '/customers', [query(sql.customerSearch)])],
  [2, route('customers-api', 'PATCH', '/customers/{id}', [query(sql.customerById), query(sql.customerUpdate)])],
  [5, route('documents-api', 'GET', '/orders/{id}/documents', [query(sql.documentList)])],
  [6, routes.download],
  [1, route('documents-api', 'POST', '/exports', [query(sql.documentList), aws('renderExport'), aws('putExport')])],
  [4, route('billing-legacy', 'GET', '/payments/{id}', [query(sql.payment)])],
  [1, route('billing-legacy', 'POST', '/payments/{id}/refund', [query(sql.payment), query(sql.paymentUpdate)])],
  [5, route('auth-api', 'GET', '/session', [aws('sessionItem')])],
  [1, route('auth-api', 'POST', '/session/touch', [aws('sessionPut')])],
  [3, route('platform-api', 'GET', '/platform/workloads', [kube('listDeployments'), kube('listPods', 0.5)])],
  [2, route('platform-api', 'GET', '/platform/workloads/{name}', [kube('getDeployment'), kube('podLog', 0.3)])],
  [
    0.7,
    route('platform-api', 'POST', '/platform/workloads/{name}/restart', [
      kube('getDeployment'),
      kube('patchDeployment'),
    ]),
  ],
  [0.6, route('platform-api', 'GET', '/platform/settings', [kube('getConfigMap'), aws('readSecret', 0.4)])],
  // The service was never allowed to do this; the page shows what is missing.
  [0.4, route('platform-api', 'GET', '/platform/secrets', [kube('listSecrets')])],
])
