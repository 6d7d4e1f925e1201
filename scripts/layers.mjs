/** Fails where an import points against the layers, and on files that import one another in a circle. */
import { resolve } from 'node:path'
import { findCycles } from './layers/cycles.mjs'
import { readImports } from './layers/imports.mjs'
import { fault } from './layers/rules.mjs'

const imports = readImports(resolve(import.meta.dirname, '..'), ['src', 'test'])
const faults = imports.flatMap((item) => {
  const text = fault(item)
  return text === undefined ? [] : [`${item.from}:${item.line}  ${item.specifier}  ${text}`]
})
const cycles = findCycles(imports).map((files) => `a circle of imports: ${files.join(' ')}`)
for (const line of [...faults, ...cycles]) console.error(line)
const files = new Set(imports.map(({ from }) => from)).size
console.log(`${imports.length} imports of ${files} files, ${faults.length + cycles.length} faults`)
process.exitCode = faults.length + cycles.length === 0 ? 0 : 1
