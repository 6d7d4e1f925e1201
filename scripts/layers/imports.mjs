/** Reads the imports of source files with a real parser, so that text in strings and comments counts for nothing. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parseSync } from 'vite'

/**
 * One import as it is written. `to` is the imported file, relative to the root with `/`, or undefined for a package.
 * @typedef {{ from: string, specifier: string, to: string | undefined, typeOnly: boolean, line: number }} Import
 */

const sourceFile = /\.(?:ts|tsx|mts|cts|js|mjs|cjs)$/
const endings = ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx']

/**
 * Every import, export-from and `import()` of the files below `folders`.
 * @param {string} root
 * @param {readonly string[]} folders
 * @returns {Import[]} in the order of the files
 */
export function readImports(root, folders) {
  return folders
    .flatMap((folder) => sourceFiles(resolve(root, folder)))
    .flatMap((file) => importsOf(root, file, readFileSync(file, 'utf8')))
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourceFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => sourceFile.test(name) && !name.split(sep).includes('node_modules'))
    .map((name) => join(folder, name))
    .sort()
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string} text
 * @returns {Import[]}
 */
export function importsOf(root, file, text) {
  const { module, errors } = parseSync(file, text)
  const fault = errors[0]
  if (fault !== undefined) throw new Error(`${relative(root, file)} cannot be parsed: ${fault.message}`)
  /** @type {{ specifier: string, typeOnly: boolean, start: number }[]} */
  const found = []
  for (const { moduleRequest, entries, start } of module.staticImports)
    found.push({
      specifier: moduleRequest.value,
      // Without entries it is `import './x'`, which runs the file.
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
      start,
    })
  for (const { entries, start } of module.staticExports) {
    const [entry] = entries
    if (entry?.moduleRequest)
      found.push({ specifier: entry.moduleRequest.value, typeOnly: entries.every(({ isType }) => isType), start })
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])(.*)\1$/s.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2]
    if (literal !== undefined && !literal.includes('${')) found.push({ specifier: literal, typeOnly: false, start })
  }
  return found.map(({ specifier, typeOnly, start }) => ({
    from: label(root, file),
    specifier,
    to: specifier.startsWith('.') ? target(root, resolve(dirname(file), specifier.replace(/\?.*$/, ''))) : undefined,
    typeOnly,
    line: text.slice(0, start).split('\n').length,
  }))
}

/**
 * @param {string} root
 * @param {string} path
 */
function target(root, path) {
  const file = endings.map((ending) => `${path}${ending}`).find((name) => existsSync(name) && statSync(name).isFile())
  return label(root, file ?? path)
}

/**
 * @param {string} root
 * @param {string} file
 */
function label(root, file) {
  return relative(root, file).split(sep).join('/')
}
