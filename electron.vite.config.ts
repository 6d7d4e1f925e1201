/**
 * One build for all hosts. Node code (application, web host, command line, worker threads) goes to
 * `out/<name>/`, always one folder deep, with what they share in `out/chunks/`; packages from `dependencies` stay
 * imports, but for those named in `bundled`. Every `NAME.worker.ts` below `src/engine` becomes `out/workers/NAME.js`, which node code reaches from any output
 * file as `new URL('../workers/NAME.js', import.meta.url)`. The renderer is bundled whole.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const root = import.meta.dirname
const out = resolve(root, 'out')
const packageJson: { readonly optionalDependencies?: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(resolve(root, 'package.json'), 'utf8'),
)

/**
 * Packages of plain JavaScript that every start loads, in the program and in each parsing thread: finding, scanning and
 * linking their several hundred modules takes longer than running them. What has native parts stays an import.
 */
const bundled = [
  ...['@bufbuild/protobuf', '@duckdb/node-api', 'bowser', 'ipaddr.js', 're2js', 'tar-stream', 'xxhash-wasm'],
  ...['yauzl', 'yazl', 'zod'],
]

/** Node code of the renderer's own workers is the renderer's: Vite finds those by `new Worker(new URL(…))`. */
function nodeWorkers(): Record<string, string> {
  const found: Record<string, string> = {}
  for (const layer of ['engine']) {
    const folder = resolve(root, 'src', layer)
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!file.endsWith('.worker.ts')) continue
      const name = `workers/${basename(file, '.worker.ts')}`
      if (found[name] !== undefined) throw new Error(`Two workers are named ${name}.`)
      found[name] = join(folder, file)
    }
  }
  return found
}

function hosts(): Record<string, string> {
  return Object.fromEntries(
    ['main', 'server', 'cli'].map((host) => [`${host}/index`, resolve(root, 'src', host, 'index.ts')]),
  )
}

/**
 * The output folder also holds the type checker's files, so only what this build writes is cleared, and only once
 * there is something to put in its place.
 */
const clearNodeOutput: Plugin = {
  name: 'clear-node-output',
  generateBundle() {
    for (const name of ['main', 'server', 'cli', 'workers', 'chunks'])
      rmSync(resolve(out, name), { recursive: true, force: true })
  },
}

/**
 * Our modules are ES modules and say `createRequire` where they need it; a `require` put in beside that would be
 * declared twice.
 */
const withoutShims: Plugin = {
  name: 'without-shims',
  configResolved({ plugins }) {
    const shim = plugins.find(({ name }) => name === 'vite:esm-shim')
    if (shim !== undefined) delete shim.renderChunk
  },
}

export default defineConfig({
  main: {
    plugins: [clearNodeOutput, withoutShims],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'node20',
      sourcemap: false,
      externalizeDeps: { include: Object.keys(packageJson.optionalDependencies ?? {}), exclude: bundled },
      rolldownOptions: {
        input: { ...hosts(), ...nodeWorkers() },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(out, 'preload'),
      // The sandbox has no module loader: everything but `electron` must be inside, in CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    base: './',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: resolve(out, 'renderer'),
      emptyOutDir: true,
      minify: true,
      // Fonts and pictures as files: the content security policy allows no data: fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
})
