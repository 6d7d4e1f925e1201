/** The application's own origin. Privileged like https, served from the renderer's folder, reachable by nobody else. */
export const scheme = 'app'
export const host = 'crosstrail'
export const startUrl = `${scheme}://${host}/index.html`

/** Node gives custom schemes the origin `null`, so scheme and host are compared. */
export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host: found } = new URL(url)
  return protocol === `${scheme}:` && found === host
}
