import { spawn } from 'node:child_process'

/**
 * Opens the link where there is a display; says nothing where there is none, since the link is printed anyway.
 * @param {string} url ours: no shell sees it
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 */
export function openBrowser(url, env, platform) {
  const command = browserCommand(url, env, platform)
  if (command === undefined) return
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/**
 * @param {string} url
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 * @returns {[string, ...string[]] | undefined}
 */
export function browserCommand(url, env, platform) {
  if (platform === 'darwin') return ['open', url]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined
  return ['xdg-open', url]
}
