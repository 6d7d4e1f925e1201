import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { buildIsStale } from '../../scripts/start/build.mjs'

export const projectRoot = resolve(import.meta.dirname, '../..')
export const outFolder = resolve(projectRoot, 'out')

/** Builds when the output is missing or older than the sources, so that tests of it test what is there now. */
export function ensureBuilt(): void {
  if (!buildIsStale(projectRoot)) return
  const cli = resolve(projectRoot, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build'], { cwd: projectRoot, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`)
}
