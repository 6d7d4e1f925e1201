/** The steps of `npm run check` and `npm test`, as commands on this Node: no shell, no look-up in PATH. */
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
export const resultsFolder = resolve(root, 'test-results')

const modules = resolve(root, 'node_modules')
const vitestResults = resolve(resultsFolder, 'vitest.json')
const browserResults = resolve(resultsFolder, 'playwright.json')

/**
 * `kind` says how `results` is read; a step without it only passes or fails.
 * @typedef {{
 *   name: string,
 *   args: readonly string[],
 *   env?: Readonly<Record<string, string>>,
 *   results?: { kind: 'vitest' | 'playwright', file: string },
 * }} Step
 */

/** @type {Step} */
export const build = { name: 'build', args: [resolve(modules, 'electron-vite/bin/electron-vite.js'), 'build'] }

/** @type {readonly Step[]} */
export const staticSteps = [
  { name: 'lint', args: [resolve(modules, '@biomejs/biome/bin/biome'), 'check', '.'] },
  { name: 'types', args: [resolve(modules, 'typescript/bin/tsc'), '-b', '--pretty', 'false'] },
  { name: 'layers', args: [resolve(root, 'scripts/layers.mjs')] },
  { name: 'dead code', args: [resolve(modules, 'knip/bin/knip.js')] },
]

/**
 * The named vitest projects in one run: its workers then fill all cores to the end.
 * @param {readonly string[]} projects
 * @returns {Step}
 */
export function vitest(projects) {
  return {
    name: projects.join(', '),
    args: [
      resolve(modules, 'vitest/vitest.mjs'),
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestResults}`,
    ],
    results: { kind: 'vitest', file: vitestResults },
  }
}

/** @type {Step} */
export const browserTests = {
  name: 'end to end',
  // Playwright empties its output folder first, so that is not the one that holds the other results.
  args: [
    resolve(modules, '@playwright/test/cli.js'),
    'test',
    '--reporter=list,json',
    `--output=${resolve(resultsFolder, 'end-to-end')}`,
  ],
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserResults },
  results: { kind: 'playwright', file: browserResults },
}
