/** Work in the database that no request causes: an exporter of metrics, the backup, an analyst, the administrator. */
import { clock, minuteUs, moments, secondUs } from '../time.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene */

/** @param {Scene} scene */
export function addDatabaseWork(scene) {
  addExporter(scene)
  addBackup(scene)
  addAnalyst(scene)
  addAdministrator(scene)
}

/** @param {Scene} scene */
function addExporter(scene) {
  const random = scene.random('metrics exporter')
  const client = { address: '10.20.3.95', role: 'metrics_ro', database: 'shop', application: 'postgres_exporter' }
  const texts = [
    'SELECT datname, numbackends, xact_commit, blks_hit FROM pg_catalog.pg_stat_database',
    'SELECT relname, n_live_tup, n_dead_tup FROM pg_catalog.pg_stat_user_tables',
    'SELECT state, count(*) FROM pg_catalog.pg_stat_activity GROUP BY state',
  ]
  for (const fromUs of moments(random, { everyUs: 60 * secondUs })) {
    scene.database.push({
      fromUs,
      toUs: fromUs + random.around(3_000),
      client,
      text: random.pick(texts),
      rows: random.int(3, 24),
    })
  }
}

/** @param {Scene} scene */
function addBackup(scene) {
  const random = scene.random('backup')
  const client = { role: 'backup', database: 'shop', application: 'pg_dump', session: 'session backup' }
  let fromUs = clock('07:05:00.310')
  for (const [name, rows] of /** @type {const} */ ([
    ['customer', 18_240],
    ['orders', 96_118],
    ['order_item', 211_407],
    ['payment_card', 15_902],
    ['product', 1_377],
    ['support_note', 6_021],
  ])) {
    const toUs = fromUs + 180_000 + rows * 9
    const columns = '*'
    scene.database.push({
      fromUs,
      toUs,
      client,
      text: `COPY (SELECT ${columns} FROM public.${name}) TO stdout`,
      command: 'SELECT',
      table: `public.${name}`,
      rows,
    })
    fromUs = toUs + random.around(40_000)
  }
}

/** Ad-hoc questions with a ticket, as the house rules want it. @param {Scene} scene */
function addAnalyst(scene) {
  const random = scene.random('analyst queries')
  const why = "/*ticket='OPS-412',reason='weekly%20basket%20figures'*/"
  const texts = [
    ["select date_trunc('day', placed_at) d, count(*), sum(total) from orders group by 1 order by 1", 'public.orders'],
    ['select status, count(*) from orders group by status', 'public.orders'],
    ['select product_id, sum(quantity) from order_item group by 1 order by 2 desc limit 50', 'public.order_item'],
  ]
  for (const [from, to] of [
    ['08:20', '09:05'],
    ['12:05', '12:35'],
  ]) {
    const client = {
      address: '10.20.9.14',
      role: 'analyst_ro',
      database: 'shop',
      application: 'psql',
      session: `session analyst ${from}`,
    }
    for (const fromUs of moments(random, { fromUs: clock(from ?? ''), toUs: clock(to ?? ''), everyUs: 4 * minuteUs })) {
      const [text = '', table = ''] = random.pick(texts)
      scene.database.push({
        fromUs,
        toUs: fromUs + random.around(420_000),
        client,
        text: `${text} ${why}`,
        table,
        rows: random.int(6, 50),
      })
    }
  }
}

/** A grant taken back with a change ticket, and given again: the report fails in between. @param {Scene} scene */
function addAdministrator(scene) {
  const client = (/** @type {string} */ at) => ({
    role: 'dba_admin',
    database: 'shop',
    application: 'psql',
    session: `session dba ${at}`,
  })
  const grant = (/** @type {string} */ at, /** @type {string} */ text, /** @type {string} */ command) =>
    scene.database.push({
      fromUs: clock(at),
      toUs: clock(at) + 9_000,
      client: client(at),
      text,
      command,
      class: 'ROLE',
      rows: 0,
    })
  grant(
    '08:52:10.120',
    "revoke select on customer from report_ro /*ticket='CHG-2207',reason='least%20privilege%20review'*/",
    'REVOKE',
  )
  grant(
    '09:35:03.480',
    "grant select on customer to report_ro /*ticket='CHG-2207',reason='needed%20by%20the%20regional%20report'*/",
    'GRANT',
  )
}
