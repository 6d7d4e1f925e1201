import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCycles } from '../../../scripts/layers/cycles.mjs'
import { importsOf, readImports } from '../../../scripts/layers/imports.mjs'
import { fault } from '../../../scripts/layers/rules.mjs'

const root = resolve(import.meta.dirname, '../../..')

function read(from: string, text: string) {
  return importsOf(root, resolve(root, from), text)
}

function faults(from: string, text: string): (string | undefined)[] {
  return read(from, text).map(fault)
}

describe('imports', () => {
  it('finds imports, exports from and import(), and passes over what only looks like one', () => {
    const text = [
      `import { AppError } from '../common/errors'`,
      `export { cancelled } from '../common/errors'`,
      `export const late = () => import('./version')`,
      `// import { app } from 'electron'`,
      `export const said = "import x from 'electron'"`,
    ].join('\n')
    expect(read('src/engine/made.ts', text).map(({ to, line }) => [to, line])).toEqual([
      ['src/common/errors.ts', 1],
      ['src/common/errors.ts', 2],
      ['src/engine/version.ts', 3],
    ])
  })

  it('knows an import of types alone', () => {
    const text = `import type { A } from './context'\nimport { type B, c } from './context'\nimport './context'`
    expect(read('src/engine/made.ts', text).map(({ typeOnly }) => typeOnly)).toEqual([true, false, false])
  })

  it('resolves a folder to its index', () => {
    expect(read('src/main/made.ts', `import { createEngine } from '../engine'`)[0]?.to).toBe('src/engine/index.ts')
  })

  it('refuses text that does not parse', () => {
    expect(() => read('src/engine/made.ts', 'import {')).toThrow('src/engine/made.ts')
  })
})

describe('arrows', () => {
  it.each([
    ['src/common/made.ts', `import { methods } from '../contract'`],
    ['src/contract/made.ts', `import { createClient } from '../rpc/client'`],
    ['src/engine/made.ts', `import { createClient } from '../rpc/client'`],
    ['src/engine/made.ts', `import type { Client } from '../rpc/client'`],
    ['src/renderer/made.ts', `import { createEngine } from '../engine'`],
    ['src/renderer/made.ts', `import { inProcessClient } from '../rpc/inProcess'`],
    ['src/main/made.ts', `import { serve } from '../server/serve'`],
    ['src/server/made.ts', `import { commands } from '../cli/commandTable'`],
    ['src/cli/commands/count.ts', `import { serve } from '../../server/serve'`],
    ['src/preload/made.ts', `import { createEngine } from '../engine'`],
    ['src/engine/made.ts', `import { memoryDatabase } from '../../test/support/memoryDatabase'`],
    ['src/engine/import/made.ts', `import { VARCHAR } from '@duckdb/node-api'`],
    ['src/engine/made.ts', `import { app } from 'electron'`],
    ['src/server/made.ts', `import { createElement } from 'react'`],
    ['src/common/made.ts', `import { join } from 'node:path'`],
  ])('refuses %s: %s', (from, text) => {
    expect(faults(from, text)).toEqual([expect.any(String)])
  })

  it.each([
    ['src/engine/made.ts', `import { AppError } from '../common/errors'`],
    ['src/renderer/made.ts', `import { createClient } from '../rpc/client'`],
    ['src/cli/made.ts', `import { createEngine } from '../engine'`],
    ['src/cli/commands/serve.ts', `import { serve } from '../../server/serve'`],
    ['src/engine/db/made.ts', `import { VARCHAR } from '@duckdb/node-api'`],
    ['src/main/made.ts', `import { app } from 'electron'`],
    ['src/engine/made.ts', `import { join } from 'node:path'`],
    ['test/unit/made.ts', `import { createEngine } from '../../src/engine'`],
  ])('lets %s pass: %s', (from, text) => {
    expect(faults(from, text)).toEqual([undefined])
  })
})

describe('circles', () => {
  const item = (from: string, to: string, typeOnly = false) => ({ from, to, specifier: to, typeOnly, line: 1 })

  it('names the files of every circle, and those beside it not', () => {
    const imports = [item('a', 'b'), item('b', 'c'), item('c', 'a'), item('c', 'd'), item('e', 'a'), item('f', 'f')]
    expect(findCycles(imports)).toEqual([['a', 'b', 'c'], ['f']])
  })

  it('takes two ways to one file for no circle', () => {
    expect(findCycles([item('a', 'b'), item('a', 'c'), item('b', 'd'), item('c', 'd')])).toEqual([])
  })

  it('leaves out imports of types alone', () => {
    expect(findCycles([item('a', 'b'), item('b', 'a', true)])).toEqual([])
  })
})

it('reads every file of the source once or more', () => {
  const files = new Set(readImports(root, ['src/contract']).map(({ from }) => from))
  expect(files).toContain('src/contract/index.ts')
})
