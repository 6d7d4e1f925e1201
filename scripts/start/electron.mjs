/**
 * Finds the application's executable without loading the `electron` module, which would start a download by itself.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const electronDescription = 'The application needs its Electron executable (about 110 MB, once). Installing it…'

/** @type {Readonly<Record<string, string>>} */
const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * `installable`: its own installer could help.
 * @typedef {{ executable: string } | { executable?: undefined, reason: string, installable?: boolean }} Found
 */

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 * @param {number | undefined} userId
 * @returns {Found}
 */
export function findElectron(root, env, platform, userId = process.getuid?.()) {
  const home = resolve(root, 'node_modules/electron')
  const manifest = join(home, 'package.json')
  if (!existsSync(manifest)) return { reason: 'the package electron is not installed (npm ci installs it).' }
  if (!['darwin', 'win32'].includes(platform) && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { reason: 'there is no display.' }
  // Chromium refuses root its sandbox, and without the sandbox we do not open evidence.
  if (platform === 'linux' && userId === 0) return { reason: 'it does not run as root.' }
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || join(home, 'dist')
  const executable = join(folder, executables[platform] ?? 'electron')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  const versionFile = join(folder, 'version')
  const installed = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : undefined
  if (existsSync(executable) && installed === version) return { executable }
  // A folder that the person chose is theirs to fill.
  if (env.ELECTRON_OVERRIDE_DIST_PATH)
    return { reason: `ELECTRON_OVERRIDE_DIST_PATH holds no Electron ${version}.`, installable: false }
  return { reason: `the Electron ${version} executable is not installed.`, installable: true }
}

/**
 * Runs the package's own installer.
 * @param {string} root
 * @param {number} timeoutMs
 * @returns {Promise<string | undefined>} why it failed, or undefined
 */
export function installElectron(root, timeoutMs) {
  const installer = resolve(root, 'node_modules/electron/install.js')
  const child = spawn(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-4_000)
  })
  return new Promise((done) => {
    const timer = setTimeout(() => {
      child.kill()
      done(`its executable could not be installed within ${Math.round(timeoutMs / 1000)} s.`)
    }, timeoutMs)
    child.on('error', () => done('its installer could not be started.'))
    child.on('exit', (code) => {
      clearTimeout(timer)
      done(code === 0 ? undefined : `its executable could not be installed (${cause(said)}).`)
    })
  })
}

/**
 * The system's error name out of the installer's output, since the rest is a stack.
 * @param {string} output
 */
export function cause(output) {
  const name = /\b(?:E[A-Z]{4,}|HTTPError|RequestError|TimeoutError)\b/.exec(output)?.[0]
  return name === undefined ? 'no network, or no permission to write' : `no network? ${name}`
}
