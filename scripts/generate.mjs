/**
 * `npm run generate -- --out DIR [--seed N] [--scale N] [--scenario NAME,…] [axis options]`: writes the exports of a made-up
 * workload, and beside them what is true of them. `--list` prints scenarios and axes. All of it: docs/generator.md.
 */
import { resolve } from 'node:path'
import { axes, readArguments } from './generate/options.mjs'
import { generate } from './generate/run.mjs'
import { scenarios } from './generate/scenarios.mjs'

const usage = 'npm run generate -- --out DIR [--seed N] [--scale N] [--scenario NAME,…] [axis options] | --list'

function list() {
  const names = Object.entries(scenarios).map(([name, { about }]) => `  ${name.padEnd(24)}${about}`)
  const options = Object.entries(axes).map(([name, { values, initial, about }]) => {
    const option = `--${name} ${values}`
    return `  ${option.padEnd(42)}${about} (${initial === '' ? 'none' : initial})`
  })
  console.log(['Scenarios:', ...names, '', 'Axes:', ...options, '  --ids all|half|none|wrong'].join('\n'))
}

/** @param {Record<string, number>} counts */
const told = (counts) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

try {
  const chosen = readArguments(process.argv.slice(2))
  if (chosen.list) list()
  else {
    const { events, spans, files } = generate(resolve(chosen.out), chosen.options)
    console.log(`${files} files\nevents: ${told(events)}\nspans: ${told(spans)}`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(usage)
  process.exitCode = 2
}
