import type { NamedSource } from '../../../rpc/bridge'
import type { HostAccess } from '../../../rpc/hostAccess'
import type { UploadOptions } from '../../../rpc/upload'

/** The host's native dialog, or the page's own file input where the host has none. Empty when the person closes it. */
export async function chooseSources(
  host: HostAccess,
  kind: 'files' | 'folder',
  options: UploadOptions = {},
): Promise<readonly NamedSource[]> {
  if (host.choose !== null) return host.choose(kind)
  const files = await pickFiles(kind === 'folder')
  return files.length === 0 ? [] : host.registerFiles(files, options)
}

function pickFiles(folder: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    if (folder) input.webkitdirectory = true
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
