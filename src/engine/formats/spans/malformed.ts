/**
 * Why one record cannot become a span. Thrown by the readers of one record and caught by the session that owns it,
 * which rejects that record with `message` and goes on. Never leaves a session.
 */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}
