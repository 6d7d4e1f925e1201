/** From the pod into the database with the application's role: no request, no trace, no comment. */
import { clock, secondUs } from '../time.mjs'
import { debugPod } from '../world.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene */

/** @param {Scene} scene */
export function addDatabaseIncident(scene) {
  const client = {
    address: debugPod.address,
    role: 'orders_app',
    database: 'shop',
    application: 'psql',
    session: 'session out of band',
  }
  const refusedUs = clock('10:44:02.118')
  scene.database.push({
    fromUs: refusedUs,
    toUs: refusedUs + 1_000,
    client: { ...client, role: 'postgres', session: 'session refused' },
    failure: {
      severity: 'FATAL',
      state: '28000',
      message: `no pg_hba.conf entry for host "${debugPod.address}", user "postgres", database "shop", no encryption`,
    },
  })
  const random = scene.random('out of band')
  let fromUs = clock('10:44:10.402')
  /** @param {string} text @param {string | undefined} table @param {number} rows @param {number} lastsUs */
  const read = (text, table, rows, lastsUs) => {
    scene.database.push({
      fromUs,
      toUs: fromUs + lastsUs,
      client,
      text,
      rows,
      ...(table === undefined ? {} : { table }),
    })
    fromUs += lastsUs + random.int(9, 24) * secondUs
  }
  /** @param {string} text @param {string} table @param {string} [kind] */
  const refused = (text, table, kind = 'table') => {
    scene.database.push({
      fromUs,
      toUs: fromUs + 2_000,
      client,
      text,
      failure: { state: '42501', message: `permission denied for ${kind} ${table}` },
    })
    fromUs += random.int(6, 15) * secondUs
  }
  read(
    "select c.relname, c.reltuples::bigint from pg_catalog.pg_class c where c.relkind = 'r' order by 2 desc",
    'pg_catalog.pg_class',
    41,
    14_000,
  )
  read('select rolname, rolsuper from pg_catalog.pg_roles', 'pg_catalog.pg_roles', 12, 6_000)
  refused('select * from payment_card limit 5', 'payment_card')
  refused('select count(*) from payment_card', 'payment_card')
  refused('select usename, passwd from pg_shadow', 'pg_shadow', 'view')
  read('select count(*) from customer', 'public.customer', 1, 71_000)
  read('select * from customer limit 5', 'public.customer', 5, 3_000)
  read(
    'COPY (select id, name, email, phone from customer) TO STDOUT (format csv)',
    'public.customer',
    18_240,
    1_834_000,
  )
  read(
    'COPY (select customer_id, total, placed_at from orders) TO STDOUT (format csv)',
    'public.orders',
    96_118,
    3_912_000,
  )
}
