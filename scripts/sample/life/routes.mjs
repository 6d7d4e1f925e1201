/** Pages of the shop: how often they are asked for, and what each does in the database and in the cloud. */

/** @typedef {import('../random.mjs').Random} Random */

/**
 * @typedef {object} Query
 * @property {string} text
 * @property {string} table
 * @property {string} command
 * @property {'READ' | 'WRITE'} class
 * @property {number} typicalUs
 * @property {number} rows
 *
 * @typedef {object} Route
 * @property {string} method
 * @property {string} route
 * @property {(random: Random) => string} path
 * @property {readonly Query[]} queries
 * @property {'invoice' | 'decrypt'} [cloud]
 */

/** @param {string} text @param {string} table @param {number} typicalUs @param {number} rows @param {string} [command] @returns {Query} */
const query = (text, table, typicalUs, rows, command = 'SELECT') => ({
  text,
  table,
  command,
  class: command === 'SELECT' ? 'READ' : 'WRITE',
  typicalUs,
  rows,
})

/** @type {readonly (readonly [number, Route])[]} */
export const routes = [
  [
    5,
    {
      method: 'GET',
      route: '/products',
      path: () => '/products?q=lamp',
      queries: [
        query(
          'select id, name, price from product where name ilike $1 order by name limit 24',
          'public.product',
          5_500,
          24,
        ),
      ],
    },
  ],
  [
    5,
    {
      method: 'GET',
      route: '/orders',
      path: () => '/orders',
      queries: [
        query(
          'select id, status, total from orders where customer_id = $1 order by placed_at desc limit 20',
          'public.orders',
          3_800,
          12,
        ),
      ],
    },
  ],
  [
    4,
    {
      method: 'GET',
      route: '/orders/:id',
      path: (random) => `/orders/${random.int(80_000, 96_000)}`,
      queries: [
        query(
          'select id, status, total, placed_at from orders where id = $1 and customer_id = $2',
          'public.orders',
          2_100,
          1,
        ),
        query('select product_id, quantity, price from order_item where order_id = $1', 'public.order_item', 2_600, 3),
      ],
    },
  ],
  [
    3,
    {
      method: 'POST',
      route: '/orders',
      path: () => '/orders',
      queries: [
        query(
          'insert into orders(customer_id, total, status) values ($1, $2, $3) returning id',
          'public.orders',
          6_400,
          1,
          'INSERT',
        ),
        query(
          'insert into order_item(order_id, product_id, quantity, price) values ($1, $2, $3, $4)',
          'public.order_item',
          4_100,
          2,
          'INSERT',
        ),
      ],
      cloud: 'invoice',
    },
  ],
  [
    1,
    {
      method: 'GET',
      route: '/account',
      path: () => '/account',
      queries: [query('select id, name, email from customer where id = $1', 'public.customer', 1_900, 1)],
      cloud: 'decrypt',
    },
  ],
]
