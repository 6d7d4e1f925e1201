/** The arrows between the layers, and what may be named only in one place. The table in CONTRIBUTING says the same. */

/** @typedef {import('./imports.mjs').Import} Import */

/**
 * What a layer may import besides itself.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const arrows = {
  common: [],
  contract: ['common'],
  rpc: ['common', 'contract'],
  engine: ['common', 'contract'],
  renderer: ['common', 'contract', 'rpc'],
  preload: ['common', 'contract', 'rpc'],
  main: ['common', 'contract', 'rpc', 'engine'],
  server: ['common', 'contract', 'rpc', 'engine'],
  cli: ['common', 'contract', 'rpc', 'engine'],
}

/** `crosstrail serve` starts the web host: the only arrow between hosts. */
const serveCommand = 'src/cli/commands/serve.ts'

/** The answering side of a connection: the window holds a client. */
const answeringSide = /^src\/rpc\/(?:server|inProcess)\.ts$/

/** @type {readonly { package: RegExp, allowed: RegExp, text: string }[]} */
const onlyIn = [
  {
    package: /^@duckdb\//,
    allowed: /^(?:src\/engine\/db\/|test\/)/,
    text: 'DuckDB is named in src/engine/db only',
  },
  {
    package: /^electron(?:\/|$)/,
    allowed: /^(?:src\/(?:main|preload)\/|test\/(?:unit\/(?:main|preload)|e2e|support)\/)/,
    text: 'Electron is named in src/main and src/preload only',
  },
  {
    package: /^(?:react|react-dom|zustand|dockview-react)(?:\/|$)|^@(?:blueprintjs|tanstack)\//,
    allowed: /^(?:src\/renderer\/|test\/)/,
    text: 'what draws the window is named in src/renderer only',
  },
]

/** Layers that run without Node. */
const withoutNode = ['common', 'contract', 'rpc', 'renderer']

/**
 * What is wrong with one import, as a sentence; undefined where it is fine.
 * @param {Import} item
 * @returns {string | undefined}
 */
export function fault({ from, to, specifier, typeOnly }) {
  const layer = layerOf(from)
  const rule = onlyIn.find((candidate) => candidate.package.test(specifier))
  if (rule !== undefined && !rule.allowed.test(from)) return rule.text
  if (layer === undefined) return undefined
  if (to === undefined) {
    if (specifier.startsWith('node:') && !typeOnly && withoutNode.includes(layer))
      return `src/${layer} runs without Node, so it imports no ${specifier}`
    return undefined
  }
  if (from.startsWith('src/') && /^(?:test|scripts)\//.test(to)) return 'src imports nothing from tests or scripts'
  const other = layerOf(to)
  if (other === undefined || other === layer) return undefined
  if (from === serveCommand && other === 'server') return undefined
  const allowed = arrows[layer]
  if (allowed === undefined) return `src/${layer} is no layer of the table`
  if (!allowed.includes(other)) return `src/${layer} may not import src/${other}`
  if (layer === 'renderer' && answeringSide.test(to)) return 'the renderer holds the client of src/rpc, not the server'
  return undefined
}

/**
 * `src/engine/db/sql.ts` → `engine`; undefined outside src.
 * @param {string} file
 */
function layerOf(file) {
  return /^src\/([^/]+)\//.exec(file)?.[1]
}
