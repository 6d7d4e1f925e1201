/** The web host's first step: trade the token of the link for the cookie, and take it out of the address bar. */
import { AppError } from '../common/errors'

/** Without a token in the address the cookie of an earlier visit has to do. Error: `transport`. */
export async function exchangeToken(): Promise<void> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (token === null) return
  window.history.replaceState(null, '', window.location.pathname)
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch((cause: unknown) => {
    throw new AppError('transport', 'Crosstrail has stopped. Start it again.', {}, { cause })
  })
  // A reload of the same link in a browser that holds the cookie already is fine: the connection will tell.
  if (response.ok || response.status === 401) return
  throw new AppError('transport', 'Crosstrail did not accept this link. Start it again for a new one.')
}
