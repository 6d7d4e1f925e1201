/** The statements of the services: text as it is sent, the tables that it touches, and how long it usually takes. */

/**
 * @typedef {object} Statement
 * @property {string} text
 * @property {readonly string[]} tables
 * @property {'READ' | 'WRITE'} class
 * @property {'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'} command
 * @property {number} typicalUs
 */

/** @param {string} text @param {readonly string[]} tables @param {number} typicalMs @returns {Statement} */
function statement(text, tables, typicalMs) {
  const command = /** @type {Statement['command']} */ (text.slice(0, 6).toUpperCase())
  return { text, tables, command, class: command === 'SELECT' ? 'READ' : 'WRITE', typicalUs: typicalMs * 1000 }
}

export const statements = {
  orderList: statement(
    'SELECT id, placed_at, state, total FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT $2',
    ['orders'],
    6,
  ),
  orderById: statement('SELECT id, customer_id, placed_at, state, total FROM orders WHERE id = $1', ['orders'], 1.8),
  orderItems: statement(
    'SELECT i.position, i.quantity, i.price, p.name FROM order_items i JOIN products p ON p.id = i.product_id WHERE i.order_id = $1',
    ['order_items', 'products'],
    3.5,
  ),
  insertOrder: statement(
    'INSERT INTO orders (customer_id, state, total) VALUES ($1, $2, $3) RETURNING id',
    ['orders'],
    4,
  ),
  insertItem: statement(
    'INSERT INTO order_items (order_id, product_id, quantity, price) VALUES ($1, $2, $3, $4)',
    ['order_items'],
    2.2,
  ),
  orderState: statement('UPDATE orders SET state = $1 WHERE id = $2', ['orders'], 3),
  productSearch: statement(
    "SELECT id, name, price FROM products WHERE to_tsvector('simple', name) @@ plainto_tsquery('simple', $1) LIMIT $2",
    ['products'],
    14,
  ),
  productById: statement('SELECT id, name, price, stock FROM products WHERE id = $1', ['products'], 1.5),
  customerById: statement('SELECT id, name, mail, tier FROM customers WHERE id = $1', ['customers'], 1.6),
  customerSearch: statement('SELECT id, name, mail FROM customers WHERE name ILIKE $1 LIMIT $2', ['customers'], 22),
  customerUpdate: statement('UPDATE customers SET name = $1, mail = $2 WHERE id = $3', ['customers'], 3),
  customerOrders: statement(
    'SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = $1 GROUP BY c.name',
    ['customers', 'orders'],
    7,
  ),
  documentById: statement('SELECT id, bucket_key, kind FROM documents WHERE id = $1', ['documents'], 1.7),
  documentList: statement('SELECT id, kind, created_at FROM documents WHERE order_id = $1', ['documents'], 2.6),
  insertDocument: statement(
    'INSERT INTO documents (order_id, kind, bucket_key) VALUES ($1, $2, $3)',
    ['documents'],
    2.8,
  ),
  payment: statement('SELECT id, method, state FROM payments WHERE order_id = $1', ['payments'], 2),
  paymentUpdate: statement('UPDATE payments SET state = $1 WHERE id = $2', ['payments'], 3.4),
  openPayments: statement('SELECT id, order_id, amount FROM payments WHERE state = $1 LIMIT $2', ['payments'], 30),
  ledgerInsert: statement('INSERT INTO ledger (payment_id, amount, booked_at) VALUES ($1, $2, $3)', ['ledger'], 2.6),
  dailyTotals: statement(
    'SELECT date_trunc($1, placed_at), sum(total) FROM orders WHERE placed_at >= $2 GROUP BY 1',
    ['orders'],
    900,
  ),
  exportCustomers: statement(
    'SELECT id, name, mail, tier FROM customers WHERE id > $1 ORDER BY id LIMIT $2',
    ['customers'],
    60,
  ),
}
