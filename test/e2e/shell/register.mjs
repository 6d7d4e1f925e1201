/** `node --import` of this file makes `import … from 'electron'` load the stand-in beside it. */
import { register } from 'node:module'

const hooks = `
export async function resolve(specifier, context, next) {
  if (specifier !== 'electron') return next(specifier, context)
  return { url: ${JSON.stringify(new URL('./electron.mjs', import.meta.url).href)}, shortCircuit: true }
}`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)
