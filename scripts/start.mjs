/**
 * `npm start [-- PATH…] [--web|--desktop] [--port N] [--no-open]`: builds where needed, then opens the application, or
 * the web host where the application's executable cannot be had. Plain JavaScript: it runs before anything is built.
 */
import { spawn, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseStartArguments, usage } from './start/arguments.mjs'
import { openBrowser } from './start/browser.mjs'
import { buildIsStale } from './start/build.mjs'
import { electronDescription, findElectron, installElectron } from './start/electron.mjs'

const root = resolve(import.meta.dirname, '..')

async function start() {
  const options = parseStartArguments(process.argv.slice(2))
  if (options === undefined) {
    console.error(usage)
    return 2
  }
  if (buildIsStale(root) && !build()) return 1
  if (!options.web) {
    const electron = await obtainElectron()
    if (electron.executable !== undefined) return runDesktop(electron.executable, options)
    if (options.desktop) {
      console.error(`The application cannot start: ${electron.reason}`)
      return 1
    }
    console.error(`Opening in the browser instead of the application: ${electron.reason}`)
  }
  return runWeb(options)
}

function build() {
  console.error('Building…')
  const cli = resolve(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status, stderr, stdout } = spawnSync(process.execPath, [cli, 'build'], { cwd: root, encoding: 'utf8' })
  if (status === 0) return true
  console.error(`${stdout}${stderr}\nThe build failed. Run \`npm ci\` and try again.`)
  return false
}

/** @returns {Promise<import('./start/electron.mjs').Found>} */
async function obtainElectron() {
  const found = findElectron(root, process.env, process.platform)
  if (found.executable !== undefined || !found.installable) return found
  console.error(electronDescription)
  const failure = await installElectron(root, Number(process.env.CROSSTRAIL_INSTALL_TIMEOUT_MS ?? 120_000))
  if (failure !== undefined) return { reason: failure }
  return findElectron(root, process.env, process.platform)
}

/**
 * @param {string} executable
 * @param {import('./start/arguments.mjs').StartOptions} options
 * @returns {Promise<number>} the application's exit code
 */
function runDesktop(executable, { paths, sample }) {
  const child = spawn(executable, [root, ...paths, ...(sample ? ['--sample'] : [])], { stdio: 'inherit' })
  return new Promise((done) => {
    child.on('error', () => {
      console.error('The application could not be started. Try `npm start -- --web`.')
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

/** @param {import('./start/arguments.mjs').StartOptions} options */
async function runWeb({ paths, port, open, sample }) {
  const { serve } = await import(pathToFileURL(resolve(root, 'out/server/index.js')).href)
  let serving
  try {
    serving = await serve({ paths, sample, port, print: (/** @type {string} */ line) => console.error(line) })
  } catch (error) {
    console.error(error instanceof Error && 'code' in error ? error.message : error)
    return 1
  }
  console.log(serving.url)
  console.error('The link works once, within five minutes. Ctrl+C stops Crosstrail.')
  if (open) openBrowser(serving.url, process.env, process.platform)
  if (process.stdin.isTTY) {
    console.error('Enter prints a new link.')
    process.stdin.on('data', () => console.log(serving.newLink()))
  }
  await new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, done)
  })
  await serving.close()
  return 0
}

process.exit(await start())
