/**
 * Sets a report with Typst: the native addon where there is one for this machine, else the WebAssembly build. The two
 * give different bytes, so the report names the one that set it. Data enters as JSON, never as Typst source.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { AppError } from '../../../common/errors'

export interface TypstJob {
  readonly template: string
  /** JSON text, read by the template as `data.json`. */
  readonly data: string
  /** Absolute paths of all fonts; no others are used. */
  readonly fonts: readonly string[]
  /** Seconds since the epoch. */
  readonly createdSeconds: number
  /** Left out: the best that this machine has. */
  readonly backend?: TypstBackend
}

export type TypstBackend = 'native' | 'wasm'

export interface TypstOutput {
  readonly pdf: Uint8Array
  readonly pages: number
  readonly backend: TypstBackend
  /** What the compiler remarked; empty for a sound template and sound data. */
  readonly warnings: readonly string[]
}

const require = createRequire(import.meta.url)
const main = '/report.typ'

/** Errors: `report.failed` with what the compiler said as the cause. */
export async function compileTypst(job: TypstJob): Promise<TypstOutput> {
  const fonts = await Promise.all(job.fonts.map((path) => readFile(path)))
  const addon = job.backend === 'wasm' ? undefined : loadAddon()
  if (addon !== undefined) return compileNative(addon, job, fonts)
  if (job.backend === 'native') throw failed('There is no native compiler for this machine.', undefined)
  return compileWasm(job, fonts)
}

function failed(message: string, cause: unknown): AppError {
  return new AppError('report.failed', `The report could not be set. ${message}`, {}, { cause })
}

/** The part of the addon that is used; see its index.d.ts. */
interface Addon {
  readonly NodeCompiler: {
    create(options: {
      workspace: string
      fontArgs: { fontBlobs: Buffer[] }[]
      inputs: Record<string, string>
    }): Compiler
  }
}
interface Compiler {
  addSource(path: string, source: string): void
  mapShadow(path: string, content: Buffer): void
  compile(options: { mainFilePath: string }): CompileResult
  fetchDiagnostics(error: object): readonly unknown[]
  pdf(document: object, options: { pdfStandard?: string; creationTimestamp: number }): Buffer
  evictCache(maxAge: number): void
}
interface CompileResult {
  readonly result: { readonly numOfPages: number } | null
  takeWarnings(): object | null
  takeError(): object | null
}

function loadAddon(): Addon | undefined {
  const name = `@myriaddreamin/typst-ts-node-compiler-${platformName()}`
  try {
    const loaded: unknown = require(name)
    return isAddon(loaded) ? loaded : undefined
  } catch {
    // The addon is optional: not every platform has one, and one that does not load is as good as none.
    return undefined
  }
}

function isAddon(value: unknown): value is Addon {
  return (
    typeof value === 'object' && value !== null && 'NodeCompiler' in value && typeof value.NodeCompiler === 'function'
  )
}

function platformName(): string {
  const { platform, arch } = process
  if (platform === 'linux') return `linux-${arch}-${isMusl() ? 'musl' : 'gnu'}`
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`
}

function isMusl(): boolean {
  const report: unknown = process.report?.getReport()
  if (typeof report !== 'object' || report === null || !('header' in report)) return false
  const { header } = report
  return typeof header === 'object' && header !== null && !('glibcVersionRuntime' in header)
}

function compileNative(addon: Addon, job: TypstJob, fonts: Buffer[]): TypstOutput {
  // A folder that does not exist: all files are given from memory.
  const workspace = resolve('/crosstrail-report')
  const compiler = addon.NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: fonts }],
    inputs: { backend: 'native' },
  })
  try {
    compiler.mapShadow(resolve(workspace, 'data.json'), Buffer.from(job.data, 'utf8'))
    compiler.addSource(resolve(workspace, 'report.typ'), job.template)
    const compiled = compiler.compile({ mainFilePath: resolve(workspace, 'report.typ') })
    const error = compiled.takeError()
    const document = compiled.result
    if (error !== null || document === null)
      throw failed('The page layout failed.', error === null ? undefined : compiler.fetchDiagnostics(error))
    const warning = compiled.takeWarnings()
    const warnings = warning === null ? [] : compiler.fetchDiagnostics(warning).map((item) => JSON.stringify(item))
    const creationTimestamp = job.createdSeconds
    let pdf: Buffer
    try {
      pdf = compiler.pdf(document, { pdfStandard: 'ua-1', creationTimestamp })
    } catch (cause) {
      // A report that is harder to read aloud is better than none; the warning says what was in the way.
      pdf = compiler.pdf(document, { creationTimestamp })
      warnings.push(String(cause instanceof Error ? cause.message : cause))
    }
    return { pdf, pages: document.numOfPages, backend: 'native', warnings }
  } catch (cause) {
    throw cause instanceof AppError ? cause : failed('The compiler stopped.', cause)
  } finally {
    compiler.evictCache(0)
  }
}

async function compileWasm(job: TypstJob, fonts: Buffer[]): Promise<TypstOutput> {
  try {
    const { createTypstCompiler } = await import('@myriaddreamin/typst.ts/compiler')
    const { loadFonts } = await import('@myriaddreamin/typst.ts/options.init')
    const wasm = await readFile(require.resolve('@myriaddreamin/typst-ts-web-compiler/wasm'))
    const compiler = createTypstCompiler()
    await compiler.init({
      getModule: () => ({ module_or_path: wasm }),
      beforeBuild: [
        loadFonts(
          fonts.map((font) => new Uint8Array(font)),
          { assets: false },
        ),
      ],
    })
    compiler.mapShadow('/data.json', Buffer.from(job.data, 'utf8'))
    compiler.addSource(main, job.template)
    return await compiler.runWithWorld({ mainFilePath: main, inputs: { backend: 'wasm' } }, async (world) => {
      const compiled = await world.compile({ diagnostics: 'full' })
      const remarks = compiled.diagnostics ?? []
      if (compiled.hasError) throw failed('The page layout failed.', remarks)
      const { result: pdf } = await world.pdf({ diagnostics: 'full' })
      if (pdf === undefined) throw failed('The pages could not be written.', remarks)
      const pages: unknown = await world.query({ selector: '<pages>', field: 'value' })
      const first: unknown = Array.isArray(pages) ? pages[0] : undefined
      return {
        pdf,
        pages: typeof first === 'number' ? first : 0,
        backend: 'wasm' as const,
        warnings: remarks.map((item) => JSON.stringify(item)),
      }
    })
  } catch (cause) {
    throw cause instanceof AppError ? cause : failed('The compiler stopped.', cause)
  }
}
