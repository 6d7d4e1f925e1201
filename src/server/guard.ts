/**
 * Who may speak to the web host at all, decided from the headers before anything else is looked at. Stops DNS
 * rebinding (the Host), other pages and origins (Origin, Sec-Fetch-Site) and requests that a plain form can make.
 */
export interface RequestFacts {
  readonly method: string
  /** Raw target, as it came. */
  readonly url: string
  /** All values: more than one Host is no request of a browser. */
  readonly hosts: readonly string[]
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
  readonly upgrade: boolean
}

export interface Refusal {
  readonly status: number
  readonly message: string
}

export function refusal(facts: RequestFacts, port: number): Refusal | undefined {
  const authority = `127.0.0.1:${port}`
  if (facts.hosts.length !== 1 || facts.hosts[0] !== authority)
    return { status: 421, message: `This host answers only as http://${authority}.` }
  if (!facts.url.startsWith('/')) return { status: 400, message: 'The request target is not a path.' }
  if (facts.url.length > 2_000) return { status: 414, message: 'The address is too long.' }
  if (!['GET', 'HEAD', 'POST'].includes(facts.method)) return { status: 405, message: 'This method is not used here.' }
  if (facts.origin !== undefined && facts.origin !== `http://${authority}`)
    return { status: 403, message: 'The request comes from another page.' }
  // Browsers name the origin of every POST and every WebSocket; without it, it is not our page that asks.
  if (facts.origin === undefined && (facts.method === 'POST' || facts.upgrade))
    return { status: 403, message: 'The request does not say which page it comes from.' }
  // `none`: the person opened the address. `same-site` would be another port of this machine.
  if (facts.fetchSite !== undefined && !['same-origin', 'none'].includes(facts.fetchSite))
    return { status: 403, message: 'The request comes from another site.' }
  return undefined
}
