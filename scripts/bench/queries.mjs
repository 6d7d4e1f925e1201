/** Latencies of what the window asks, through the in-process client and so with its checks and its JSON. */
import { tmpdir } from 'node:os'
import { createServer } from 'vite'
import { median } from './figures.mjs'

/**
 * @typedef {import('./figures.mjs').Figure} Figure
 * @typedef {import('../../src/contract').Client} Client
 * @typedef {readonly [name: string, atMostMs: number, ask: (client: Client) => Promise<unknown>]} Question
 */

const rounds = 5
const facetFields = ['source', 'action', 'service', 'outcome', 'actor_key', 'src_ip', 'user_agent', 'resource_key']

/**
 * @param {{ root: string, caseFolder: string, events: number }} options
 * @returns {Promise<Figure[]>}
 */
export async function measureQueries({ root, caseFolder, events }) {
  const vite = await createServer({
    root,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    /** @type {typeof import('../../src/engine').createEngine} */
    const createEngine = (await vite.ssrLoadModule('/src/engine/index.ts')).createEngine
    /** @type {typeof import('../../src/rpc/inProcess').inProcessClient} */
    const inProcessClient = (await vite.ssrLoadModule('/src/rpc/inProcess.ts')).inProcessClient
    const engine = createEngine({
      host: 'cli',
      nativeDialogs: false,
      actor: 'bench',
      dataFolder: tmpdir(),
      resourcesFolder: `${root}/resources`,
      resolveSource: (ref) => ref,
      offered: [],
      uploads: false,
      offerDownload: () => Promise.reject(new Error('Nothing is written here.')),
      now: () => new Date(),
    })
    const client = inProcessClient(engine)
    try {
      const { span } = await client.call('case.open', { ref: caseFolder })
      const { groups } = await client.call('events.count', { by: 'actor_key', limit: 1 })
      const middleUs = span === null ? 0 : Math.floor((span.fromUs + span.toUs) / 2)
      const actor = `actor_key:${JSON.stringify(groups[0]?.value ?? '')}`
      /** @type {Figure[]} */
      const figures = []
      for (const [name, atMostMs, ask] of questions(actor, middleUs))
        figures.push({
          name: `${name}, ${events / 1000}k events`,
          value: await medianMs(() => ask(client)),
          unit: 'ms',
          atMost: { value: atMostMs },
        })
      return figures
    } finally {
      client.close()
      await engine.close()
    }
  } finally {
    await vite.close()
  }
}

/**
 * @param {string} actor filter for the busiest actor
 * @param {number} middleUs
 * @returns {readonly Question[]}
 */
function questions(actor, middleUs) {
  const scope = { filter: actor }
  return [
    ['histogram of 200 buckets', 150, (client) => client.call('events.histogram', { buckets: 200 })],
    ['page of 200', 150, (client) => client.call('events.page', { fromUs: middleUs, limit: 200 })],
    ['8 facets of one actor', 150, (client) => client.call('events.facets', { scope, fields: facetFields })],
    ['8 facets of everything', 150, (client) => client.call('events.facets', { fields: facetFields })],
    ['access graph', 150, (client) => client.call('graph.access', {})],
    [
      'count with a filter',
      150,
      (client) => client.call('events.count', { scope: { filter: 'outcome:denied service:(s3 OR kms*)' } }),
    ],
    [
      'text in raw, first page',
      200,
      (client) =>
        client.call('events.page', { scope: { filter: 'raw:"AccessDenied"' }, order: '-ts', fields: ['action'] }),
    ],
  ]
}

/** @param {() => Promise<unknown>} ask */
async function medianMs(ask) {
  await ask()
  const times = []
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    await ask()
    times.push(performance.now() - startedAt)
  }
  return median(times)
}
