import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** What a build writes: the oldest of them must be newer than everything it was made from. */
const outputs = ['main/index.js', 'preload/index.cjs', 'renderer/index.html', 'server/index.js', 'cli/index.js']
const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** @param {string} root */
export function buildIsStale(root) {
  const built = outputs.map((name) => resolve(root, 'out', name))
  if (!built.every((file) => existsSync(file))) return true
  const oldestMs = Math.min(...built.map((file) => statSync(file).mtimeMs))
  return inputs.some((name) => newestMs(resolve(root, name)) > oldestMs)
}

/**
 * @param {string} path
 * @returns {number}
 */
function newestMs(path) {
  if (!existsSync(path)) return 0
  const facts = statSync(path)
  if (!facts.isDirectory()) return path.endsWith('.tsbuildinfo') ? 0 : facts.mtimeMs
  // The type checker writes beside the sources, so a folder's own time means nothing.
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))))
}
