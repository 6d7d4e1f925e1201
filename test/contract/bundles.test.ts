import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt, outFolder, projectRoot } from '../support/built'

beforeAll(() => ensureBuilt(), 120_000)

const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\()(["'])([@.\w][^"'\s]*)\1/g

/** Bundled packages bring their comments along, and examples of imports in them. */
function withoutComments(code: string): string {
  return code.replace(/^\s*\/\*[\s\S]*?\*\//gm, '').replace(/^\s*\/\/.*$/gm, '')
}

/** Everything that an output file pulls in, through its chunks. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, , target = ''] of withoutComments(readFileSync(file, 'utf8')).matchAll(importPattern)) {
      if (target.startsWith('.')) visit(resolve(dirname(file), target))
      else packages.add(target.replace(/^(@[^/]+\/[^/]+|[^/]+).*$/, '$1'))
    }
  }
  visit(resolve(outFolder, entry))
  return packages
}

describe('the built hosts', () => {
  it.each(['server/index.js', 'cli/index.js'])('%s works where there is no Electron', (entry) => {
    expect(packagesOf(entry)).not.toContain('electron')
  })

  it('and the application does pull it in, so that this test can tell', () => {
    expect(packagesOf('main/index.js')).toContain('electron')
  })

  it.each(['server/index.js', 'cli/index.js', 'main/index.js'])(
    '%s imports nothing but Node and declared dependencies',
    (entry) => {
      const manifest: Record<string, Record<string, string>> = JSON.parse(
        readFileSync(resolve(projectRoot, 'package.json'), 'utf8'),
      )
      const declared = new Set([
        ...Object.keys(manifest.dependencies ?? {}),
        ...Object.keys(manifest.optionalDependencies ?? {}),
        ...(entry.startsWith('main') ? ['electron'] : []),
      ])
      const others = [...packagesOf(entry)].filter(
        (name) => !name.startsWith('node:') && !builtinModules.includes(name) && !declared.has(name),
      )
      expect(others).toEqual([])
    },
  )

  it('has a preload script that needs nothing but electron, as the sandbox demands', () => {
    const text = readFileSync(resolve(outFolder, 'preload/index.cjs'), 'utf8')
    expect([...text.matchAll(importPattern)].map(([, , target]) => target)).toEqual(['electron'])
  })

  it('has a page without inline script and without addresses elsewhere', () => {
    const html = readFileSync(resolve(outFolder, 'renderer/index.html'), 'utf8')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/)
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })
})
